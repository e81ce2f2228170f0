package rft.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import rft.reward.Judgement;
import rft.reward.RewardJudge;
import rft.reward.RewardUnit;
import rft.reward.Verdict;
import rft.worker.WorkerReward;

/**
 * Scores trials.
 *
 * @param limit time limit of one call of a reward
 */
record TrialJudge(Duration limit) {
  /** Returns one verdict for each trial; completions of one task are judged as a group. */
  List<Verdict> verdicts(RewardUnit unit, List<Trial> trials) {
    List<RewardJudge.Question> questions = new ArrayList<>();
    int from = 0;
    while (from < trials.size()) {
      List<Trial> group = group(trials, from);
      questions.add(
          new RewardJudge.Question(
              group.get(0).task(), group.stream().map(Trial::completion).toList()));
      from += group.size();
    }
    try (RewardJudge judge = WorkerReward.judge(unit, limit)) {
      return judge.judgeAll(questions).stream()
          .flatMap(group -> group.stream().map(Judgement::verdict))
          .toList();
    }
  }

  /**
   * @throws IllegalArgumentException if the reward cannot be loaded
   */
  void requireLoadable(RewardUnit unit) {
    WorkerReward.judge(unit, limit).close();
  }

  private static List<Trial> group(List<Trial> trials, int from) {
    Trial first = trials.get(from);
    int to = from + 1;
    while (to < trials.size() && belong(first, trials.get(to))) {
      to++;
    }
    return trials.subList(from, to);
  }

  private static boolean belong(Trial first, Trial next) {
    return next.task().id().equals(first.task().id())
        && next.origin() == first.origin()
        && Objects.equals(next.step(), first.step());
  }
}
