package rft.grader;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Runs a grader as the service does; close it to end the interpreters it holds. */
public final class GraderRuntime implements AutoCloseable {
  private final Grader grader;
  private final GraderServices services;
  private final Evaluation evaluation;

  /**
   * @param services what the grader may need; closed with this
   * @throws IllegalArgumentException if a grader that was made by hand has a template or a formula
   *     that cannot be read
   */
  public GraderRuntime(Grader grader, GraderServices services) {
    this.grader = grader;
    this.services = services;
    this.evaluation = grader.fold(new Evaluations(services));
  }

  /**
   * Returns what the grader says of an answer; may be called from several threads.
   *
   * @param item the row, as of {@link GraderSample#item}
   * @param sample the answer, as of {@link GraderSample#of}
   * @throws InterruptedException if the caller is interrupted while a model or code is waited for
   */
  public GraderAnswer grade(ObjectNode item, ObjectNode sample) throws InterruptedException {
    long start = System.nanoTime();
    Grading grading = new Grading(item, sample);
    double reward = 0;
    try {
      reward = evaluation.value(grading);
    } catch (GradingException e) {
      grading.failed(e);
    }
    return grading.answer(grader, reward, (System.nanoTime() - start) / 1e9);
  }

  @Override
  public void close() {
    services.close();
  }
}
