package rft.reward;

/**
 * One reason why a reward does not compile.
 *
 * @param line 1-based line in the source as the user wrote it
 * @param column 1-based column in that line
 * @param message what is wrong, in one line
 */
public record CompileProblem(long line, long column, String message) {
  /** Returns the problem in one sentence: line, column, message. */
  public String sentence() {
    return "line " + line + ", column " + column + ": " + message;
  }
}
