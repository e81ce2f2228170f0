package rft;

import java.util.Locale;

/** Writes values as Java source. */
final class JavaLiteral {
  private JavaLiteral() {}

  /** Returns a string literal. */
  static String text(String value) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      literal.append(
          switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                c < ' ' || c > '~'
                    ? String.format(Locale.ROOT, "\\u%04x", (int) c)
                    : String.valueOf(c);
          });
    }
    return literal.append('"').toString();
  }

  /**
   * Returns a number as it was typed where Java reads it so, else as Java writes it.
   *
   * @param type of the parameter that takes it
   * @throws NumberFormatException if it is none
   */
  static String number(String value, Class<?> type) {
    if (type == long.class) {
      long number = Long.parseLong(value);
      return number == (int) number ? String.valueOf(number) : number + "L";
    }
    if (type == int.class) {
      return String.valueOf(Integer.parseInt(value));
    }
    if (value.matches("-?(0|[1-9]\\d{0,8}|\\d+\\.\\d+|\\d+(\\.\\d+)?[eE]-?\\d+)")) {
      return value;
    }
    double number = Double.parseDouble(value);
    return Double.isFinite(number)
        ? String.valueOf(number)
        : "Double.parseDouble(" + text(value) + ")";
  }
}
