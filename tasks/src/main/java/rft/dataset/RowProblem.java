package rft.dataset;

/**
 * Why one row of a dataset file was left out.
 *
 * @param line 1-based line in the file
 * @param column 1-based column (characters) where the problem starts
 * @param reason what is wrong
 * @param fix what to do about it
 */
public record RowProblem(long line, int column, String reason, String fix) {
  /** Returns the problem in one sentence: line, column, reason, fix. */
  public String sentence() {
    return "line " + line + ", column " + column + ": " + reason + "; " + fix;
  }
}
