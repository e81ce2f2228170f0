package rft.notebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON text exactly as Jupyter writes notebooks (Python's {@code json.dumps} with sorted keys,
 * indent 1 and no ASCII escapes), so that a notebook saved by either differs only where it changed.
 */
final class JupyterJson {
  // Numbers keep the digits they were written with.
  private static final JsonMapper READER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** From this power of ten on, and below {@link #LEAST_PLAIN}, Python writes an exponent. */
  private static final int MOST_PLAIN = 16;

  private static final int LEAST_PLAIN = -4;

  private final StringBuilder out = new StringBuilder();

  private JupyterJson() {}

  static JsonNode read(String text) throws JsonProcessingException {
    return READER.readTree(text);
  }

  /** Returns the text, which ends without a line break. */
  static String write(JsonNode node) {
    JupyterJson json = new JupyterJson();
    json.value(node, 0);
    return json.out.toString();
  }

  private void value(JsonNode node, int depth) {
    if (node.isObject()) {
      object(node, depth);
    } else if (node.isArray()) {
      array(node, depth);
    } else if (node.isTextual()) {
      text(node.textValue());
    } else if (node.isFloatingPointNumber()) {
      out.append(number(node));
    } else {
      out.append(node.asText());
    }
  }

  private void object(JsonNode node, int depth) {
    if (node.isEmpty()) {
      out.append("{}");
      return;
    }
    Map<String, JsonNode> sorted = new TreeMap<>();
    node.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
    String separator = "{";
    for (Map.Entry<String, JsonNode> field : sorted.entrySet()) {
      out.append(separator);
      line(depth + 1);
      text(field.getKey());
      out.append(": ");
      value(field.getValue(), depth + 1);
      separator = ",";
    }
    line(depth);
    out.append('}');
  }

  private void array(JsonNode node, int depth) {
    if (node.isEmpty()) {
      out.append("[]");
      return;
    }
    String separator = "[";
    for (JsonNode element : node) {
      out.append(separator);
      line(depth + 1);
      value(element, depth + 1);
      separator = ",";
    }
    line(depth);
    out.append(']');
  }

  private void line(int depth) {
    out.append('\n').append(" ".repeat(depth));
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < ' ') {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** Returns a float as Python's {@code repr} does. */
  private static String number(JsonNode node) {
    if (node.isDouble() || node.isFloat()) {
      double value = node.doubleValue();
      if (!Double.isFinite(value)) {
        return Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
      }
    }
    BigDecimal value = new BigDecimal(node.asText()).stripTrailingZeros();
    if (value.signum() == 0) {
      return "0.0";
    }
    String digits = value.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - value.scale();
    String sign = value.signum() < 0 ? "-" : "";
    if (exponent < LEAST_PLAIN || exponent >= MOST_PLAIN) {
      String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
      return sign + digits.charAt(0) + fraction + "e%+03d".formatted(exponent);
    }
    String plain = value.toPlainString();
    return plain.contains(".") ? plain : plain + ".0";
  }
}
