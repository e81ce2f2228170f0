package rft.grader;

/**
 * One reason why a text is no grader.
 *
 * @param line 1-based
 * @param column 1-based
 * @param message the path of the field, what is wrong with it, and what would be right
 */
public record GraderProblem(int line, int column, String message) {
  /** Returns the problem in one sentence: line, column, message. */
  public String sentence() {
    return "line " + line + ", column " + column + ": " + message;
  }
}
