package rft.prompt;

import java.util.List;

/**
 * The prompts of a dataset, divided by whether they fit.
 *
 * @param kept the prompts that fit, in the order of their tasks
 * @param tooLong what was left out, in the order of their tasks
 */
public record PromptSet(List<Prompt> kept, List<TooLong> tooLong) {
  public PromptSet {
    kept = List.copyOf(kept);
    tooLong = List.copyOf(tooLong);
  }

  /**
   * A prompt that does not fit.
   *
   * @param taskId the task it belongs to
   * @param tokens its length
   * @param limit the most tokens that a prompt may have
   */
  public record TooLong(String taskId, int tokens, int limit) {
    @Override
    public String toString() {
      return "the prompt of task "
          + taskId
          + " has "
          + tokens
          + " tokens, more than the limit of "
          + limit
          + ": shorten it or raise the limit";
    }
  }
}
