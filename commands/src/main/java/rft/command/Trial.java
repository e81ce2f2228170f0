package rft.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rft.dataset.Task;
import rft.lab.GoldAnswer;
import rft.reward.Completion;
import rft.reward.FinishReason;
import rft.reward.Verdict;
import rft.run.StoredRollout;

/**
 * One completion to score, and what was said of it before.
 *
 * @param origin where it is from
 * @param step of a run; null for others
 * @param task what it answers
 * @param completion the answer
 * @param before what the run's reward said; null where nothing was
 */
record Trial(
    RewardTry.Origin origin,
    @Nullable Integer step,
    Task task,
    Completion completion,
    @Nullable Verdict before) {
  /** Returns the reference answers of the first tasks that have one, each as a completion. */
  static List<Trial> references(List<Task> tasks, int most) {
    return tasks.stream()
        .flatMap(
            task ->
                GoldAnswer.of(task).stream()
                    .map(gold -> new Trial(RewardTry.Origin.REFERENCE, null, task, gold, null)))
        .limit(most)
        .toList();
  }

  static Trial of(Task task, StoredRollout stored) {
    return new Trial(
        RewardTry.Origin.RUN,
        stored.step(),
        task,
        Completion.of(stored.text(), finish(stored.finishReason()), stored.trace().length()),
        stored.verdict());
  }

  /** Returns the completions of a sampled group. */
  static List<Trial> of(Task task, SampleRollouts.Group group) {
    List<Trial> trials = new ArrayList<>();
    for (SampleRollouts.Sampled sampled : group.completions()) {
      Completion completion =
          Completion.of(sampled.text(), finish(sampled.finishReason()), sampled.tokens());
      trials.add(new Trial(RewardTry.Origin.ROLLOUTS, null, task, completion, sampled.verdict()));
    }
    return trials;
  }

  private static FinishReason finish(String name) {
    return NamedChoice.of(FinishReason.values(), FinishReason::jsonName, "finish reason", name);
  }
}
