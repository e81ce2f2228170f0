package rft.prompt;

import java.util.ArrayList;
import java.util.List;
import rft.dataset.Task;

/** Renders tasks as prompts with the chat template and the tokenizer of one model. */
public final class PromptRenderer {
  private final ChatTemplate template;
  private final TextTokenizer tokenizer;

  public PromptRenderer(ChatTemplate template, TextTokenizer tokenizer) {
    this.template = template;
    this.tokenizer = tokenizer;
  }

  /**
   * Returns the task as a prompt that ends where the assistant's answer begins.
   *
   * @throws ChatTemplateException if the template refuses the conversation
   */
  public Prompt render(Task task) {
    String text = template.render(task.messages(), true);
    return new Prompt(task, text, tokenizer.encode(text));
  }

  /**
   * Returns the prompts of the tasks, and which of them are too long.
   *
   * @param maxTokens the most tokens that a prompt may have
   * @throws IllegalArgumentException if {@code maxTokens} is not positive
   * @throws ChatTemplateException if the template refuses a conversation, naming its task
   */
  public PromptSet select(List<Task> tasks, int maxTokens) {
    if (maxTokens < 1) {
      throw new IllegalArgumentException(
          "maxTokens (" + maxTokens + ") must be at least 1: no prompt fits into nothing");
    }
    List<Prompt> kept = new ArrayList<>();
    List<PromptSet.TooLong> tooLong = new ArrayList<>();
    for (Task task : tasks) {
      Prompt prompt = named(task);
      int length = prompt.tokens().length();
      if (length <= maxTokens) {
        kept.add(prompt);
      } else {
        tooLong.add(new PromptSet.TooLong(task.id(), length, maxTokens));
      }
    }
    return new PromptSet(kept, tooLong);
  }

  private Prompt named(Task task) {
    try {
      return render(task);
    } catch (ChatTemplateException e) {
      throw new ChatTemplateException("task " + task.id() + ": " + e.getMessage(), e);
    }
  }
}
