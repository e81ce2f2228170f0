package rft.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import rft.policy.CounterRandom;
import rft.policy.CounterRandom.Purpose;
import rft.reward.Score;
import rft.reward.Verdict;
import rft.rollout.RolloutGroup;

/**
 * A control: a fair coin in place of the reward. A run that gains from it measures something else
 * than learning.
 */
final class RandomGroupJudge implements GroupJudge {
  private final long seed;

  RandomGroupJudge(long seed) {
    this.seed = seed;
  }

  @Override
  public List<JudgedGroup> judge(List<RolloutGroup> groups, int step) {
    List<JudgedGroup> judged = new ArrayList<>(groups.size());
    for (RolloutGroup group : groups) {
      List<Verdict> verdicts = new ArrayList<>();
      for (int i = 0; i < group.rollouts().size(); i++) {
        double coin = CounterRandom.uniform(seed, Purpose.REWARD, step, group.position(), i);
        verdicts.add(Score.of(coin < 0.5 ? 0 : 1));
      }
      judged.add(new JudgedGroup(group, verdicts, Duration.ZERO));
    }
    return judged;
  }
}
