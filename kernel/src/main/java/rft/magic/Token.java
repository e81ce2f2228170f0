package rft.magic;

/**
 * One argument of a magic.
 *
 * @param text as the magic gets it: quotes and escapes resolved, variables filled in
 * @param start where it begins in the cell, its quote included
 * @param end behind its last character
 * @param quoted whether any of it stood in quotes
 */
record Token(String text, int start, int end, boolean quoted) {
  /** Returns whether it is an option, for example {@code --steps} or {@code --steps=5}. */
  boolean isOption() {
    return !quoted && text.startsWith("--") && text.length() > 2;
  }

  /** Returns the option's name without a value that is joined to it. */
  String optionName() {
    int equals = text.indexOf('=');
    return equals < 0 ? text : text.substring(0, equals);
  }

  /** Returns the same place with another text. */
  Token withText(String other) {
    return new Token(other, start, end, quoted);
  }
}
