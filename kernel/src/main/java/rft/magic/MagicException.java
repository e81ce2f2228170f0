package rft.magic;

import java.util.ArrayList;
import java.util.List;
import rft.cell.CellError;
import rft.run.PrintableText;

/** A magic cannot do what it was asked: one sentence, and the place in the cell that is wrong. */
final class MagicException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String RED = "\u001b[1;31m";
  private static final String PLAIN = "\u001b[0m";

  private final String errorName;
  private final String sentence;
  private final int start;
  private final int end;

  /**
   * @param errorName short type, for example {@code UnknownOption}
   * @param sentence what is wrong, the nearest right name, what to do
   * @param start first wrong character in the cell; negative if there is none to point at
   * @param end behind the last one
   */
  MagicException(String errorName, String sentence, int start, int end) {
    super(sentence);
    this.errorName = errorName;
    this.sentence = sentence;
    this.start = start;
    this.end = end;
  }

  static MagicException at(Token token, String errorName, String sentence) {
    return new MagicException(errorName, sentence, token.start(), token.end());
  }

  static MagicException at(Part.Magic magic, String errorName, String sentence) {
    int nameEnd = magic.nameStart() + magic.name().length();
    return new MagicException(
        errorName, sentence, magic.nameStart() - (magic.isCellMagic() ? 2 : 1), nameEnd);
  }

  static MagicException withoutPlace(String errorName, String sentence) {
    return new MagicException(errorName, sentence, -1, -1);
  }

  String errorName() {
    return errorName;
  }

  /** Returns what the user sees: the sentence, and the cell's line with a caret under the place. */
  CellError inCell(CellText cell) {
    List<String> lines = new ArrayList<>();
    lines.add(heading(errorName, sentence));
    lines.addAll(pointer(cell, start, end));
    return new CellError(errorName, sentence, lines);
  }

  /** Returns the first line of an error as a cell shows it. */
  static String heading(String errorName, String sentence) {
    return RED
        + errorName
        + PLAIN
        + (sentence.isEmpty() ? "" : ": " + PrintableText.block(sentence));
  }

  /** Returns a line of the cell and one with carets below it; none for a negative place. */
  static List<String> pointer(CellText cell, int start, int end) {
    if (start < 0) {
      return List.of();
    }
    String line = PrintableText.block(cell.lineText(start));
    String number = "  " + cell.line(start) + " | ";
    int column = cell.column(start) - 1;
    int width = Math.max(1, Math.min(end - start, line.length() - column));
    String indent = line.substring(0, Math.min(column, line.length())).replaceAll("[^\\t]", " ");
    return List.of(number + line, " ".repeat(number.length()) + indent + "^".repeat(width));
  }
}
