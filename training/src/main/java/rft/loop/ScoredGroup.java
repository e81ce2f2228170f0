package rft.loop;

import java.util.List;
import rft.reward.Verdict;
import rft.rollout.RolloutGroup;

/**
 * A group with what the reward said and what follows for each rollout.
 *
 * @param group the rollouts
 * @param verdicts one per rollout
 * @param advantages (G) how much better than its group each rollout is; 0 where the verdict is no
 *     score
 */
public record ScoredGroup(RolloutGroup group, List<Verdict> verdicts, List<Double> advantages) {
  public ScoredGroup {
    if (verdicts.size() != group.rollouts().size() || advantages.size() != verdicts.size()) {
      throw new IllegalArgumentException(
          "one verdict and one advantage belong to each rollout of a group");
    }
    verdicts = List.copyOf(verdicts);
    advantages = List.copyOf(advantages);
  }

  /**
   * Returns whether any rollout differs from the others: without that there is nothing to learn
   * from the group.
   */
  public boolean hasSignal() {
    return advantages.stream().anyMatch(advantage -> advantage != 0);
  }
}
