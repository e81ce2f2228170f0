package rft.reward;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.ToDoubleBiFunction;
import rft.dataset.Task;

/** Scores one completion of a task. */
@FunctionalInterface
public interface RewardFunction {
  /** Returns the verdict on one completion. */
  Verdict score(Task task, Completion completion);

  /** Returns this reward applied to each completion of a group in turn. */
  default GroupReward asGroup() {
    return (task, group) -> {
      List<Verdict> verdicts = new ArrayList<>(group.size());
      for (Completion completion : group) {
        verdicts.add(score(task, completion));
      }
      return verdicts;
    };
  }

  /** Returns a reward from a lambda that yields a number. */
  static RewardFunction ofNumber(ToDoubleBiFunction<Task, Completion> reward) {
    return (task, completion) -> Verdicts.ofNumber(reward.applyAsDouble(task, completion));
  }

  /** Returns a reward from a lambda that yields true (1) or false (0). */
  static RewardFunction ofCheck(BiPredicate<Task, Completion> check) {
    return (task, completion) -> Score.of(check.test(task, completion) ? 1 : 0);
  }
}
