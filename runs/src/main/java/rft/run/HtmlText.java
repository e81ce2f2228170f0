package rft.run;

import java.util.Locale;

/**
 * Makes hostile text harmless in HTML: markup is escaped, and characters that are invisible or turn
 * the direction of text around are shown by their number.
 */
public final class HtmlText {
  private HtmlText() {}

  /** Returns the text as content of an element. */
  public static String escape(String text) {
    StringBuilder html = new StringBuilder(text.length() + text.length() / 8);
    text.codePoints().forEach(character -> append(html, character));
    return html.toString();
  }

  /** Returns the text, cut after a number of characters with a note of how many are missing. */
  public static String escape(String text, int limit) {
    int length = text.codePointCount(0, text.length());
    if (length <= limit) {
      return escape(text);
    }
    String start = text.substring(0, text.offsetByCodePoints(0, limit));
    return escape(start)
        + "<span class=\"more\">.. and "
        + NumberText.counted(length - limit, "character")
        + " more</span>";
  }

  private static void append(StringBuilder html, int character) {
    switch (character) {
      case '&' -> html.append("&amp;");
      case '<' -> html.append("&lt;");
      case '>' -> html.append("&gt;");
      case '"' -> html.append("&quot;");
      case '\'' -> html.append("&#39;");
      case '\n', '\t' -> html.append((char) character);
      default -> {
        if (isShown(character)) {
          html.appendCodePoint(character);
        } else {
          String number = String.format(Locale.ROOT, "U+%04X", character);
          html.append("<span class=\"odd\">").append(number).append("</span>");
        }
      }
    }
  }

  private static boolean isShown(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
