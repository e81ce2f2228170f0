package rft.reward;

import java.util.List;
import rft.dataset.Message;
import rft.dataset.ToolCall;

/**
 * The text side of one rollout: what a reward may look at.
 *
 * @param text the assistant's final text, without end token
 * @param messages every message the rollout added, in order; the last one is the assistant's final
 *     turn
 * @param finishReason why sampling ended
 * @param tokenCount tokens the policy produced, the end token included
 * @param toolCalls tool calls of the whole rollout, in order
 */
public record Completion(
    String text,
    List<Message> messages,
    FinishReason finishReason,
    int tokenCount,
    List<ToolCall> toolCalls) {
  public Completion {
    messages = List.copyOf(messages);
    toolCalls = List.copyOf(toolCalls);
  }

  /** Returns a single-turn completion without tool calls. */
  public static Completion of(String text, FinishReason finishReason, int tokenCount) {
    return new Completion(
        text, List.of(Message.assistant(text)), finishReason, tokenCount, List.of());
  }

  /**
   * Returns a finished completion made from text alone, as in tests and cells; the token count is
   * 0: not known.
   */
  public static Completion of(String text) {
    return of(text, FinishReason.STOP, 0);
  }
}
