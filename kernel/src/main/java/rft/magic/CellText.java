package rft.magic;

/** A cell as typed, and where in it an offset lies. Offsets are UTF-16 units. */
record CellText(String code) {
  /** Returns the 1-based line of an offset. */
  int line(int offset) {
    return 1 + (int) code.substring(0, within(offset)).chars().filter(c -> c == '\n').count();
  }

  /** Returns the 1-based column of an offset. */
  int column(int offset) {
    return within(offset) - lineStart(offset) + 1;
  }

  /** Returns the text of the line that holds an offset, without its line break. */
  String lineText(int offset) {
    int end = code.indexOf('\n', within(offset));
    String line = code.substring(lineStart(offset), end < 0 ? code.length() : end);
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  /** Returns the offset at which a 1-based line begins; the end of the cell if it has fewer. */
  int startOfLine(int line) {
    int start = 0;
    for (int i = 1; i < line; i++) {
      int end = code.indexOf('\n', start);
      if (end < 0) {
        return code.length();
      }
      start = end + 1;
    }
    return start;
  }

  private int lineStart(int offset) {
    return within(offset) == 0 ? 0 : code.lastIndexOf('\n', within(offset) - 1) + 1;
  }

  private int within(int offset) {
    return Math.max(0, Math.min(offset, code.length()));
  }
}
