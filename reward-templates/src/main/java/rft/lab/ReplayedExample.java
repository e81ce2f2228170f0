package rft.lab;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import rft.judge.JudgeSettings;
import rft.judge.QuotedModel;
import rft.reward.RewardJudge;
import rft.reward.RewardUnit;
import rft.reward.Verdict;
import rft.worker.WorkerReward;

/**
 * An example, and what a reward says of it now.
 *
 * @param example with what is expected
 * @param verdict what the reward said
 */
public record ReplayedExample(RewardExample example, Verdict verdict) {
  /** Returns true if the reward said what is expected. */
  public boolean passes() {
    return example.isMetBy(verdict);
  }

  /**
   * Returns what a reward says of each example, in order. Where an example has the answer of the
   * model that judges, that is what the model answers; else it is asked.
   *
   * @param limit time limit of one call
   */
  public static List<ReplayedExample> all(
      RewardUnit reward, List<RewardExample> examples, Duration limit) {
    QuotedModel model = new QuotedModel();
    IdentityHashMap<RewardExample, Verdict> verdicts = new IdentityHashMap<>();
    List<RewardExample> quoted = examples.stream().filter(e -> e.judge() != null).toList();
    List<RewardExample> asked = examples.stream().filter(e -> e.judge() == null).toList();
    if (!quoted.isEmpty()) {
      try (RewardJudge judge = new RewardJudge(JudgeSettings.with(model, reward::load), limit)) {
        for (RewardExample example : quoted) {
          model.says(example.judge());
          verdicts.put(example, verdict(judge, example));
        }
      }
    }
    if (!asked.isEmpty()) {
      try (RewardJudge judge = WorkerReward.judge(reward, limit)) {
        asked.forEach(example -> verdicts.put(example, verdict(judge, example)));
      }
    }
    return examples.stream()
        .map(e -> new ReplayedExample(e, Objects.requireNonNull(verdicts.get(e))))
        .toList();
  }

  private static Verdict verdict(RewardJudge judge, RewardExample example) {
    return judge.judge(example.task(), List.of(example.completion())).get(0).verdict();
  }
}
