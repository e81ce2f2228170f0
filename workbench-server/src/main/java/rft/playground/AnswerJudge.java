package rft.playground;

import java.time.Duration;
import java.util.List;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.Judgement;
import rft.reward.RewardUnit;
import rft.reward.Verdict;
import rft.worker.WorkerReward;

/** A reward in a process of its own, which several threads ask one after the other. */
final class AnswerJudge implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final WorkerReward worker;

  AnswerJudge(RewardUnit unit) {
    this.worker = WorkerReward.apart(unit, LIMIT);
  }

  /** Returns what the reward says of the answers to one task, in order. */
  synchronized List<Verdict> judge(Task task, List<Completion> answers)
      throws InterruptedException {
    return worker.judge(task, answers).stream().map(Judgement::verdict).toList();
  }

  @Override
  public void close() {
    worker.close();
  }
}
