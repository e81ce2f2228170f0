package rft.lab;

import java.util.List;
import rft.dataset.Task;
import rft.reward.Completion;

/**
 * A task and some answers to it, sampled or stored.
 *
 * @param task what was asked
 * @param completions the answers
 */
public record AnswerGroup(Task task, List<Completion> completions) {
  public AnswerGroup {
    completions = List.copyOf(completions);
  }
}
