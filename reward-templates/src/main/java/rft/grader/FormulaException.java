package rft.grader;

/** A formula that cannot be read, or has no value; the message names the column. */
final class FormulaException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param column 1-based, in the text of the formula
   */
  FormulaException(int column, String message) {
    super(message + ", column " + column + " of the formula");
  }
}
