package rft.reward;

import java.util.List;
import rft.dataset.Task;

/**
 * A reward that is computed outside this JVM, in a process that can be killed. {@link RewardJudge}
 * goes there once a call of its reward hangs.
 */
public interface RemoteReward extends AutoCloseable {
  /**
   * Returns one judgement per completion, in the same order. A call that takes too long and a
   * process that dies are failures of that call alone.
   *
   * @throws InterruptedException if the caller is interrupted; the call is ended then, too
   */
  List<Judgement> judge(Task task, List<Completion> group) throws InterruptedException;

  /** Ends the process, at once. */
  @Override
  void close();
}
