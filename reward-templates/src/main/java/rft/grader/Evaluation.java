package rft.grader;

/** How one grader comes to its value. */
@FunctionalInterface
interface Evaluation {
  /**
   * Returns the grader's value for an answer; finite.
   *
   * @throws GradingException if there is none
   * @throws InterruptedException if the caller is interrupted while a model or code is waited for
   */
  double value(Grading grading) throws GradingException, InterruptedException;
}
