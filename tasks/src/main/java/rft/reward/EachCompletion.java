package rft.reward;

import java.util.ArrayList;
import java.util.List;
import rft.dataset.Task;

/**
 * A reward applied to each completion on its own, so that one that throws costs no other its
 * verdict. It holds what its reward holds.
 *
 * @param isStateless whether no call can leave anything behind that another one sees
 */
record EachCompletion(RewardFunction reward, boolean isStateless)
    implements GroupReward, AutoCloseable {
  EachCompletion(RewardFunction reward) {
    this(reward, false);
  }

  @Override
  public List<Verdict> score(Task task, List<Completion> group) {
    List<Verdict> verdicts = new ArrayList<>(group.size());
    for (Completion completion : group) {
      verdicts.add(score(task, completion));
    }
    return verdicts;
  }

  Verdict score(Task task, Completion completion) {
    return Verdicts.of(() -> reward.score(task, completion));
  }

  @Override
  public void close() {
    close(reward);
  }

  /** Closes a reward that holds anything. */
  static void close(Object reward) {
    if (reward instanceof AutoCloseable held) {
      try {
        held.close();
      } catch (Exception e) {
        throw new IllegalStateException("the reward cannot let go of what it holds", e);
      }
    }
  }
}
