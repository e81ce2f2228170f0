package rft.kernel;

/** Positions as the protocol counts them, whole characters, beside Java's UTF-16 units. */
final class CodePoints {
  private CodePoints() {}

  /** Returns where in the text a position of the protocol is; one beyond the text is its end. */
  static int toUtf16(String text, int codePoints) {
    int count = Math.max(0, Math.min(codePoints, text.codePointCount(0, text.length())));
    return text.offsetByCodePoints(0, count);
  }

  /** Returns how the protocol counts a place in the text. */
  static int toCodePoints(String text, int utf16) {
    return text.codePointCount(0, Math.max(0, Math.min(utf16, text.length())));
  }
}
