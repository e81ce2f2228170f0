package rft.reward;

import java.util.ArrayList;
import java.util.List;
import rft.dataset.Task;

/**
 * A reward applied to each completion on its own, so that one that throws costs no other its
 * verdict.
 */
record EachCompletion(RewardFunction reward) implements GroupReward {
  @Override
  public List<Verdict> score(Task task, List<Completion> group) {
    List<Verdict> verdicts = new ArrayList<>(group.size());
    for (Completion completion : group) {
      verdicts.add(Verdicts.of(() -> reward.score(task, completion)));
    }
    return verdicts;
  }
}
