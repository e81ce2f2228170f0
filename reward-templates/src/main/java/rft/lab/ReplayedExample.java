package rft.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import rft.reward.RewardJudge;
import rft.reward.RewardUnit;
import rft.reward.Verdict;

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
   * Returns what a reward says of each example, in order.
   *
   * @param limit time limit of one call
   */
  public static List<ReplayedExample> all(
      RewardUnit reward, List<RewardExample> examples, Duration limit) {
    List<ReplayedExample> replayed = new ArrayList<>();
    try (RewardJudge judge = new RewardJudge(reward.load(), limit)) {
      for (RewardExample example : examples) {
        Verdict verdict =
            judge.judge(example.task(), List.of(example.completion())).get(0).verdict();
        replayed.add(new ReplayedExample(example, verdict));
      }
    }
    return replayed;
  }
}
