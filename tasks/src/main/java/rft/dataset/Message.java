package rft.dataset;

import java.util.List;

/**
 * One turn of a conversation.
 *
 * @param role who speaks
 * @param content the text; empty for a turn that only calls tools
 * @param toolCalls tool calls of an assistant turn, in order
 */
public record Message(Role role, String content, List<ToolCall> toolCalls) {
  public Message {
    toolCalls = List.copyOf(toolCalls);
  }

  public Message(Role role, String content) {
    this(role, content, List.of());
  }

  /** Returns a system message. */
  public static Message system(String content) {
    return new Message(Role.SYSTEM, content);
  }

  /** Returns a user message. */
  public static Message user(String content) {
    return new Message(Role.USER, content);
  }

  /** Returns an assistant message without tool calls. */
  public static Message assistant(String content) {
    return new Message(Role.ASSISTANT, content);
  }
}
