package rft.command;

import java.util.ArrayList;
import java.util.List;
import rft.dataset.Task;
import rft.loop.Evaluation;

/**
 * One test prompt with the most likely answer before and after training.
 *
 * @param outcome what the training did to it
 * @param prompt the user's text
 * @param reference the reference answer
 * @param before the base model's answer
 * @param after the tuned model's answer
 */
public record Contrast(
    Outcome outcome, String prompt, String reference, String before, String after) {
  /** What training did to an answer. */
  public enum Outcome {
    /** Wrong before, right after. */
    GAINED,
    /** Right both times, or wrong both times. */
    UNCHANGED,
    /** Right before, wrong after. */
    LOST
  }

  /**
   * Returns the first task of each outcome, in dataset order; an outcome that never happened is
   * left out.
   */
  static List<Contrast> pick(List<Task> tasks, Evaluation before, Evaluation after) {
    List<Contrast> picked = new ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      for (int i = 0; i < tasks.size(); i++) {
        Evaluation.TaskResult old = before.tasks().get(i);
        Evaluation.TaskResult now = after.tasks().get(i);
        if (outcomeOf(old, now) == outcome) {
          Task task = tasks.get(i);
          picked.add(
              new Contrast(
                  outcome,
                  task.promptText(),
                  task.referenceText(),
                  old.texts().get(0),
                  now.texts().get(0)));
          break;
        }
      }
    }
    return picked;
  }

  static Outcome outcomeOf(Evaluation.TaskResult before, Evaluation.TaskResult after) {
    if (before.passed() == after.passed()) {
      return Outcome.UNCHANGED;
    }
    return after.passed() > before.passed() ? Outcome.GAINED : Outcome.LOST;
  }
}
