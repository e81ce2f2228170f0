package rft.prompt.jinja;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;

/** Text as Python has it: what values look like, what is white space, what is stripped. */
final class PythonText {
  private PythonText() {}

  /** Returns a value as Python's {@code str} writes it. */
  static String str(Object value) {
    if (value instanceof String text) {
      return text;
    }
    return value instanceof Undefined ? "" : repr(value);
  }

  /** Returns a value as Python's {@code repr} writes it. */
  static String repr(Object value) {
    StringBuilder text = new StringBuilder();
    repr(value, text);
    return text.toString();
  }

  private static void repr(Object value, StringBuilder text) {
    if (value instanceof List<?> list) {
      String separator = "[";
      for (Object each : list) {
        repr(each, text.append(separator));
        separator = ", ";
      }
      text.append(list.isEmpty() ? "[]" : "]");
    } else if (value instanceof Map<?, ?> map) {
      String separator = "{";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        repr(entry.getKey(), text.append(separator));
        repr(entry.getValue(), text.append(": "));
        separator = ", ";
      }
      text.append(map.isEmpty() ? "{}" : "}");
    } else {
      text.append(plain(value));
    }
    Limits.checkText(text.length());
  }

  private static String plain(Object value) {
    if (value instanceof String text) {
      return quoted(text);
    } else if (value instanceof None) {
      return "None";
    } else if (value instanceof Boolean flag) {
      return flag ? "True" : "False";
    } else if (value instanceof Double number) {
      return number(number);
    } else if (value instanceof Undefined) {
      return "Undefined";
    } else if (value instanceof Long) {
      return value.toString();
    }
    throw new JinjaException("cannot write " + Values.kind(value) + " as text");
  }

  /** Returns a number as the shortest decimal that reads back as itself. */
  static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    String shortest = "";
    for (int digits = 0; digits <= 16; digits++) {
      shortest = String.format(Locale.ROOT, "%." + digits + "e", value);
      if (Double.parseDouble(shortest) == value) {
        break;
      }
    }
    int mark = shortest.indexOf('e');
    int exponent = Integer.parseInt(shortest.substring(mark + 1));
    if (exponent < -4 || exponent >= 16) {
      return shortest.substring(0, mark)
          + (exponent < 0 ? "e-" : "e+")
          + String.format(Locale.ROOT, "%02d", Math.abs(exponent));
    }
    String plain = new BigDecimal(shortest).toPlainString();
    String sign = shortest.startsWith("-") && !plain.startsWith("-") ? "-" : ""; // of zero
    return sign + plain + (plain.contains(".") ? "" : ".0");
  }

  private static String quoted(String text) {
    char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
    StringBuilder quoted = new StringBuilder().append(quote);
    text.codePoints()
        .forEach(
            codePoint -> {
              if (codePoint == quote || codePoint == '\\') {
                quoted.append('\\').appendCodePoint(codePoint);
              } else if (codePoint == '\n') {
                quoted.append("\\n");
              } else if (codePoint == '\t') {
                quoted.append("\\t");
              } else if (codePoint == '\r') {
                quoted.append("\\r");
              } else if (codePoint < ' ' || (codePoint >= 0x7f && codePoint < 0xa1)) {
                quoted.append(String.format("\\x%02x", codePoint));
              } else {
                quoted.appendCodePoint(codePoint);
              }
            });
    return quoted.append(quote).toString();
  }

  /** Tells whether Python's {@code str.isspace} holds for a character. */
  static boolean isSpace(int codePoint) {
    return (codePoint >= 0x09 && codePoint <= 0x0d)
        || (codePoint >= 0x1c && codePoint <= 0x20)
        || codePoint == 0x85
        || Character.isSpaceChar(codePoint);
  }

  static String strip(String text) {
    return stripEnd(stripStart(text, PythonText::isSpace));
  }

  static String stripEnd(String text) {
    return stripEnd(text, PythonText::isSpace);
  }

  static String stripStart(String text, IntPredicate stripped) {
    int start = 0;
    while (start < text.length() && stripped.test(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    return text.substring(start);
  }

  static String stripEnd(String text, IntPredicate stripped) {
    int end = text.length();
    while (end > 0 && stripped.test(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(0, end);
  }

  /** Returns the text with the first character in upper case and the rest in lower case. */
  static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    return text.substring(0, first).toUpperCase(Locale.ROOT)
        + text.substring(first).toLowerCase(Locale.ROOT);
  }
}
