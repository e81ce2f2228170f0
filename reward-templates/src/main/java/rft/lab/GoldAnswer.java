package rft.lab;

import java.util.Optional;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.sample.SampleKind;

/** The answer that a dataset itself says is right: a sound reward gives it full marks. */
public final class GoldAnswer {
  private GoldAnswer() {}

  /**
   * Returns a right answer as a model would give it, or empty if the task has no reference. It is
   * the reference's text; for rows of the sample datasets, in the form their prompts ask for.
   */
  public static Optional<Completion> of(Task task) {
    return task.referenceText().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Completion.of(kind(task).map(kind -> kind.gold(task)).orElse(task.referenceText())));
  }

  /** Rows of a sample dataset name their kind themselves, whatever the dataset is called. */
  private static Optional<SampleKind> kind(Task task) {
    String kind = task.attributes().path("task").asText();
    boolean ours = task.attributes().path(Task.CONTENT_KEY).asText().startsWith(kind + " ");
    return ours ? SampleKind.named(kind) : Optional.empty();
  }
}
