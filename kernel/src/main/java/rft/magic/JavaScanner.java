package rft.magic;

/** Steps through Java text and knows where literals and comments end. */
final class JavaScanner {
  private static final String TEXT_BLOCK = "\"\"\"";

  private JavaScanner() {}

  /**
   * Returns the offset behind the literal or comment that begins at an offset, or the next offset
   * if none begins there. One that is never closed ends with the text.
   */
  static int skip(String text, int at) {
    if (text.startsWith("//", at)) {
      int end = text.indexOf('\n', at);
      return end < 0 ? text.length() : end;
    }
    if (text.startsWith("/*", at)) {
      int end = text.indexOf("*/", at + 2);
      return end < 0 ? text.length() : end + 2;
    }
    if (text.startsWith(TEXT_BLOCK, at)) {
      return behindTextBlock(text, at + TEXT_BLOCK.length());
    }
    char c = text.charAt(at);
    return c == '"' || c == '\'' ? behindQuote(text, at + 1, c) : at + 1;
  }

  /** Returns whether a comment begins at an offset. */
  static boolean isComment(String text, int at) {
    return text.startsWith("//", at) || text.startsWith("/*", at);
  }

  /** Returns the offset of the first character that is neither white space nor in a comment. */
  static int firstCode(String text) {
    int at = 0;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (isComment(text, at)) {
        at = skip(text, at);
      } else {
        return at;
      }
    }
    return at;
  }

  private static int behindTextBlock(String text, int from) {
    int at = from;
    while (at < text.length()) {
      if (text.startsWith(TEXT_BLOCK, at)) {
        return at + TEXT_BLOCK.length();
      }
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return text.length();
  }

  private static int behindQuote(String text, int from, char quote) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n') {
      if (text.charAt(at) == quote) {
        return at + 1;
      }
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at, text.length());
  }
}
