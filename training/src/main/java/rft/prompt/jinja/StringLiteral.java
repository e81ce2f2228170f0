package rft.prompt.jinja;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the escapes of a string in a template, which are those of Python. */
final class StringLiteral {
  private static final Pattern ESCAPE =
      Pattern.compile(
          "\\\\(?:(\\n)|([\\\\'\"abfnrtv])|([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})"
              + "|U([0-9a-fA-F]{8}))");
  private static final String LETTERS = "\\'\"abfnrtv";
  private static final String MEANINGS = "\\'\"\u0007\b\f\n\r\t\u000b";

  private StringLiteral() {}

  /** Returns the value of what stands between the quotes; an unknown escape stands for itself. */
  static String value(String literal) {
    Matcher escape = ESCAPE.matcher(literal);
    StringBuilder value = new StringBuilder();
    while (escape.find()) {
      escape.appendReplacement(value, "");
      value.append(meaning(escape));
    }
    return escape.appendTail(value).toString();
  }

  private static String meaning(Matcher escape) {
    if (escape.group(1) != null) {
      return "";
    }
    if (escape.group(2) != null) {
      return MEANINGS.substring(LETTERS.indexOf(escape.group(2))).substring(0, 1);
    }
    if (escape.group(3) != null) {
      return Character.toString(Integer.parseInt(escape.group(3), 8));
    }
    String digits = escape.group().substring(2);
    int codePoint = (int) Long.parseLong(digits, 16);
    if (!Character.isValidCodePoint(codePoint)) {
      throw new JinjaException("the escape " + escape.group() + " is no character");
    }
    return Character.toString(codePoint);
  }
}
