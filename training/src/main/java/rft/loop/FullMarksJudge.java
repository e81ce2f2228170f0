package rft.loop;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import rft.reward.Score;
import rft.reward.Verdict;
import rft.rollout.RolloutGroup;

/** Gives everything full marks, as supervised tuning does with its references. */
final class FullMarksJudge implements GroupJudge {
  @Override
  public List<JudgedGroup> judge(List<RolloutGroup> groups, int step) {
    return groups.stream()
        .map(
            group -> {
              List<Verdict> full = Collections.nCopies(group.rollouts().size(), Score.of(1));
              return new JudgedGroup(group, full, Duration.ZERO);
            })
        .toList();
  }
}
