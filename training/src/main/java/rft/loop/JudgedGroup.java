package rft.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import rft.reward.Failure;
import rft.reward.FailurePolicy;
import rft.reward.Verdict;
import rft.rollout.RolloutGroup;

/**
 * A group with what the reward said of each rollout.
 *
 * @param group the rollouts
 * @param verdicts one per rollout
 * @param latency of its slowest call of the reward
 */
public record JudgedGroup(RolloutGroup group, List<Verdict> verdicts, Duration latency) {
  public JudgedGroup {
    if (verdicts.size() != group.rollouts().size()) {
      throw new IllegalArgumentException(
          verdicts.size() + " verdicts for a group of " + group.rollouts().size() + " rollouts");
    }
    verdicts = List.copyOf(verdicts);
  }

  /** Returns the rewards: (B, G), NaN where a rollout leaves the statistics of its group. */
  static double[][] rewards(List<JudgedGroup> groups, FailurePolicy failures) {
    double[][] rewards = new double[groups.size()][];
    for (int i = 0; i < rewards.length; i++) {
      List<Verdict> verdicts = groups.get(i).verdicts();
      boolean dropped = failures.dropsGroup(verdicts);
      rewards[i] =
          verdicts.stream()
              .mapToDouble(
                  verdict -> dropped ? Double.NaN : failures.rewardOf(verdict).orElse(Double.NaN))
              .toArray();
    }
    return rewards;
  }

  /** Returns the number of rollouts. */
  static int count(List<JudgedGroup> groups) {
    return groups.stream().mapToInt(group -> group.verdicts().size()).sum();
  }

  /** Returns the number of rollouts whose reward failed. */
  static int failures(List<JudgedGroup> groups) {
    return (int)
        groups.stream()
            .flatMap(group -> group.verdicts().stream())
            .filter(Failure.class::isInstance)
            .count();
  }

  /** Returns the share of rollouts whose reward failed. */
  static double failedShare(List<JudgedGroup> groups) {
    return failures(groups) / (double) count(groups);
  }

  /** Returns kind and detail of the first failure, or nothing. */
  static String firstFailure(List<JudgedGroup> groups) {
    return groups.stream()
        .flatMap(group -> group.verdicts().stream())
        .filter(Failure.class::isInstance)
        .map(Failure.class::cast)
        .map(failure -> failure.kind() + ": " + failure.detail())
        .findFirst()
        .orElse("");
  }

  /** Returns the groups with their rewards and advantages, (B, G) each. */
  static List<ScoredGroup> scored(
      List<JudgedGroup> groups, double[][] rewards, double[][] advantages) {
    List<ScoredGroup> scored = new ArrayList<>(groups.size());
    for (int i = 0; i < groups.size(); i++) {
      JudgedGroup judged = groups.get(i);
      scored.add(
          new ScoredGroup(
              judged.group(),
              judged.verdicts(),
              Arrays.stream(rewards[i]).boxed().toList(),
              Arrays.stream(advantages[i]).boxed().toList()));
    }
    return scored;
  }
}
