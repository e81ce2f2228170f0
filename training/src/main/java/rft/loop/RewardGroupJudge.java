package rft.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import rft.reward.Judgement;
import rft.reward.RewardJudge;
import rft.reward.Verdict;
import rft.rollout.RolloutGroup;

/** Judges groups by a reward, one after the other. */
public final class RewardGroupJudge implements GroupJudge {
  private final RewardJudge judge;

  /** Makes a judge around a reward; the caller closes the reward's judge. */
  public RewardGroupJudge(RewardJudge judge) {
    this.judge = judge;
  }

  @Override
  public List<JudgedGroup> judge(List<RolloutGroup> groups, int step) {
    List<JudgedGroup> judged = new ArrayList<>(groups.size());
    for (RolloutGroup group : groups) {
      long start = System.nanoTime();
      List<Verdict> verdicts = verdicts(group);
      judged.add(new JudgedGroup(group, verdicts, Duration.ofNanos(System.nanoTime() - start)));
    }
    return judged;
  }

  private List<Verdict> verdicts(RolloutGroup group) {
    try {
      return judge.judge(group.prompt().task(), group.completions()).stream()
          .map(Judgement::verdict)
          .toList();
    } catch (IllegalStateException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw (CancellationException) new CancellationException("interrupted").initCause(e);
      }
      throw e;
    }
  }
}
