package rft.cell;

/** Terminal colours that are legible on dark and on light ground. */
final class Ansi {
  private static final String END = "\u001b[0m";

  private Ansi() {}

  static String red(String text) {
    return "\u001b[1;31m" + text + END;
  }

  static String bold(String text) {
    return "\u001b[1m" + text + END;
  }
}
