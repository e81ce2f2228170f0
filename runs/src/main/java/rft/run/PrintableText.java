package rft.run;

/**
 * Makes text from datasets and models safe to print: a control character in it could recolour the
 * terminal, overwrite lines or reorder what is read, so it is shown as an escape instead.
 */
public final class PrintableText {
  private PrintableText() {}

  /** Returns the text with every control, format and line-separating character escaped. */
  public static String line(String text) {
    return escaped(text, "");
  }

  /** Returns the text with the same characters escaped, but line feeds and tabs kept. */
  public static String block(String text) {
    return escaped(text, "\n\t");
  }

  private static String escaped(String text, String kept) {
    if (text.codePoints().noneMatch(PrintableText::isUnsafe)) {
      return text;
    }
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (isUnsafe(c) && kept.indexOf(c) < 0) {
                safe.append(escape(c));
              } else {
                safe.appendCodePoint(c);
              }
            });
    return safe.toString();
  }

  private static boolean isUnsafe(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      case Character.FORMAT -> c != ZERO_WIDTH_JOINER && c != ZERO_WIDTH_NON_JOINER;
      default -> false;
    };
  }

  // Emoji and several scripts need these two.
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private static String escape(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format(c > 0xFFFF ? "\\u{%x}" : "\\u%04x", c);
    };
  }
}
