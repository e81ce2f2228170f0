package rft.judge;

/**
 * A language model that answers a conversation, wherever it runs. Safe to ask from many threads.
 */
public interface ChatModel {
  /** Returns the model's name, as its endpoint knows it. */
  String name();

  /**
   * Returns the model's whole answer.
   *
   * @throws ChatException if there is none, after all retries, or it was cut off
   * @throws InterruptedException if the caller is interrupted while it waits
   */
  ChatReply ask(ChatRequest request) throws ChatException, InterruptedException;
}
