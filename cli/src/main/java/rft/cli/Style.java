package rft.cli;

/** How a piece of text looks on a terminal that knows colours. */
enum Style {
  PLAIN(""),
  BOLD("1"),
  FAINT("2"),
  GREEN("32"),
  YELLOW("33"),
  RED("31");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  /** Returns the text between this style's escape sequences. */
  String paint(String text) {
    return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
