package rft.lambda;

import java.util.ArrayList;
import java.util.List;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.FinishReason;
import rft.reward.RewardCompiler;
import rft.reward.RewardUnit;
import rft.reward.Score;
import rft.reward.Verdict;

/** A reward with parts, a metric, a failure and an abstention, and what to ask it about. */
final class TestRewards {
  static final Task TASK = Task.of("sum-1", "How much is 1 + 2?", "3");

  private TestRewards() {}

  /** Returns a reward whose values have no short decimal form. */
  static RewardUnit thirds() {
    return new RewardCompiler()
        .compile(
            "thirds",
            """
            double near(String completion, String answer) {
              if (completion.contains("throw")) {
                throw new IllegalStateException("asked to");
              }
              return completion.contains(answer) ? 1 / 3.0 : -0.1;
            }

            @Weight(0)
            double words(String completion, Completion rollout) {
              return completion.split(" ").length + rollout.tokenCount() / 7.0;
            }
            """);
  }

  static List<Completion> group() {
    List<Completion> group = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      group.add(Completion.of("it is " + i % 5 + "!", FinishReason.LENGTH, i));
    }
    return group;
  }

  /** Returns the verdicts without what the contract does not carry: reasons. */
  static List<Verdict> plain(List<Verdict> verdicts) {
    return verdicts.stream()
        .map(
            verdict ->
                verdict instanceof Score score
                    ? new Score(score.value(), score.parts(), null, 0)
                    : verdict)
        .map(Verdict.class::cast)
        .toList();
  }
}
