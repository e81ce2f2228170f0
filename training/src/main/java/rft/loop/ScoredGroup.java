package rft.loop;

import java.util.List;
import rft.reward.Verdict;
import rft.rollout.RolloutGroup;

/**
 * A group with what the reward said and what follows for each rollout.
 *
 * @param group the rollouts
 * @param verdicts one per rollout
 * @param rewards (G) the reward that entered the statistics; NaN where none did
 * @param advantages (G) how much better than its group each rollout is; 0 where it has no reward
 */
public record ScoredGroup(
    RolloutGroup group, List<Verdict> verdicts, List<Double> rewards, List<Double> advantages) {
  public ScoredGroup {
    int count = group.rollouts().size();
    if (verdicts.size() != count || rewards.size() != count || advantages.size() != count) {
      throw new IllegalArgumentException(
          "a group of "
              + count
              + " rollouts has "
              + verdicts.size()
              + " verdicts, "
              + rewards.size()
              + " rewards and "
              + advantages.size()
              + " advantages: one of each belongs to a rollout");
    }
    verdicts = List.copyOf(verdicts);
    rewards = List.copyOf(rewards);
    advantages = List.copyOf(advantages);
  }

  /** Returns whether any rollout has an advantage: without that the group teaches nothing. */
  public boolean hasSignal() {
    return advantages.stream().anyMatch(advantage -> advantage != 0);
  }
}
