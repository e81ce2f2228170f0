package rft.reward;

import java.util.function.BiPredicate;
import java.util.function.ToDoubleBiFunction;
import rft.dataset.Task;

/** Scores one completion of a task. */
@FunctionalInterface
public interface RewardFunction {
  /** Returns the verdict on one completion. */
  Verdict score(Task task, Completion completion);

  /**
   * Returns this reward applied to each completion of a group in turn; a completion on which it
   * throws gets a {@link Failure}, the others their verdicts.
   */
  default GroupReward asGroup() {
    return new EachCompletion(this);
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
