package rft.dataset;

import com.fasterxml.jackson.core.JsonPointer;

/** Says why a row is refused: at a column, or at a value whose column is looked up later. */
final class BadRow extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient JsonPointer place;
  private final int column;
  private final String reason;
  private final String fix;

  private BadRow(JsonPointer place, int column, String reason, String fix) {
    super(reason, null, false, false);
    this.place = place;
    this.column = column;
    this.reason = reason;
    this.fix = fix;
  }

  static BadRow at(JsonPointer place, String reason, String fix) {
    return new BadRow(place, 0, reason, fix);
  }

  /**
   * @param column 1-based
   */
  static BadRow at(int column, String reason, String fix) {
    return new BadRow(JsonPointer.empty(), Math.max(1, column), reason, fix);
  }

  RowProblem inLine(long line, String text) {
    return new RowProblem(line, column > 0 ? column : RowText.columnOf(place, text), reason, fix);
  }
}
