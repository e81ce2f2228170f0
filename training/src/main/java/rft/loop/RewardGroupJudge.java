package rft.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import rft.reward.Judgement;
import rft.reward.RewardJudge;
import rft.rollout.RolloutGroup;

/** Judges the groups of a step by a reward, as one batch. */
public final class RewardGroupJudge implements GroupJudge {
  private final RewardJudge judge;

  /** Makes a judge around a reward; the caller closes the reward's judge. */
  public RewardGroupJudge(RewardJudge judge) {
    this.judge = judge;
  }

  @Override
  public List<JudgedGroup> judge(List<RolloutGroup> groups, int step) {
    List<List<Judgement>> judgements = judgements(groups);
    List<JudgedGroup> judged = new ArrayList<>(groups.size());
    for (int i = 0; i < groups.size(); i++) {
      List<Judgement> group = judgements.get(i);
      Duration longest =
          group.stream().map(Judgement::latency).max(Duration::compareTo).orElse(Duration.ZERO);
      judged.add(
          new JudgedGroup(groups.get(i), group.stream().map(Judgement::verdict).toList(), longest));
    }
    return judged;
  }

  private List<List<Judgement>> judgements(List<RolloutGroup> groups) {
    try {
      return judge.judgeAll(
          groups.stream()
              .map(group -> new RewardJudge.Question(group.prompt().task(), group.completions()))
              .toList());
    } catch (IllegalStateException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw (CancellationException) new CancellationException("interrupted").initCause(e);
      }
      throw e;
    }
  }
}
