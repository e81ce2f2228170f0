package rft.prompt;

import rft.dataset.Task;

/**
 * A task as the model sees it.
 *
 * @param task the task
 * @param text the conversation written by the chat template, up to where the model speaks
 * @param tokens the text as tokens; not empty
 */
public record Prompt(Task task, String text, Tokens tokens) {
  public Prompt {
    if (tokens.length() == 0) {
      throw new IllegalArgumentException(
          "the prompt of task " + task.id() + " has no tokens: the chat template wrote nothing");
    }
  }
}
