package rft.prompt.jinja;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes values as Python's {@code json.dumps} does.
 *
 * @param ascii whether characters beyond ASCII are escaped
 * @param indent what one level of indentation is; empty to write all on one line
 * @param comma what stands between elements
 * @param colon what stands between a key and its value
 * @param sorted whether keys are sorted
 */
record JsonText(boolean ascii, String indent, String comma, String colon, boolean sorted) {

  static String write(Object value, Bound arguments) {
    Object indent = arguments.get("indent", None.NONE);
    Object separators = arguments.get("separators", None.NONE);
    String step =
        indent instanceof None
            ? ""
            : indent instanceof String text ? text : " ".repeat(width(arguments));
    List<Object> pair =
        separators instanceof None
            ? List.of(indent instanceof None ? ", " : ",", ": ")
            : Values.elements(separators);
    JsonText form =
        new JsonText(
            arguments.flag("ensure_ascii"),
            step,
            PythonText.str(pair.get(0)),
            PythonText.str(pair.get(1)),
            arguments.flag("sort_keys"));
    StringBuilder json = new StringBuilder();
    form.write(value, "\n", json);
    return json.toString();
  }

  private static int width(Bound arguments) {
    return (int) Math.max(0, Math.min(arguments.integer("indent"), 100));
  }

  private void write(Object value, String lineBreak, StringBuilder json) {
    Limits.checkText(json.length());
    if (value instanceof Map<?, ?> map) {
      writeMap(map, lineBreak, json);
    } else if (value instanceof List<?> list) {
      String inside = lineBreak + indent;
      String before = "[" + (indent.isEmpty() ? "" : inside);
      for (Object each : list) {
        write(each, inside, json.append(before));
        before = comma + (indent.isEmpty() ? "" : inside);
      }
      json.append(list.isEmpty() ? "[]" : (indent.isEmpty() ? "" : lineBreak) + "]");
    } else if (value instanceof String text) {
      quote(text, json);
    } else {
      json.append(plain(value));
    }
  }

  private void writeMap(Map<?, ?> map, String lineBreak, StringBuilder json) {
    String inside = lineBreak + indent;
    String before = "{" + (indent.isEmpty() ? "" : inside);
    List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
    if (sorted) {
      entries.sort(Comparator.comparing(entry -> PythonText.str(entry.getKey())));
    }
    for (Map.Entry<?, ?> entry : entries) {
      quote(
          entry.getKey() instanceof String key ? key : plain(entry.getKey()), json.append(before));
      write(entry.getValue(), inside, json.append(colon));
      before = comma + (indent.isEmpty() ? "" : inside);
    }
    json.append(map.isEmpty() ? "{}" : (indent.isEmpty() ? "" : lineBreak) + "}");
  }

  private static String plain(Object value) {
    if (value instanceof None) {
      return "null";
    } else if (value instanceof Boolean || value instanceof Long) {
      return value.toString();
    } else if (value instanceof Double number) {
      return number.isNaN()
          ? "NaN"
          : number.isInfinite()
              ? (number > 0 ? "Infinity" : "-Infinity")
              : PythonText.number(number);
    }
    throw Values.mismatch(value, "what is written as JSON", "data");
  }

  private void quote(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      int escape = "\"\\\n\r\t\b\f".indexOf(letter);
      if (escape >= 0) {
        json.append('\\').append("\"\\nrtbf".charAt(escape));
      } else if (letter < ' ' || (ascii && letter > '~')) {
        json.append(String.format("\\u%04x", (int) letter));
      } else {
        json.append(letter);
      }
    }
    json.append('"');
  }
}
