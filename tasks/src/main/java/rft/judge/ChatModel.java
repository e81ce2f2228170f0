package rft.judge;

/** A language model that answers a conversation, wherever it runs. */
public interface ChatModel {
  /** Returns the model's name, as its endpoint knows it. */
  String name();

  /**
   * Returns the model's answer.
   *
   * @throws ChatException if there is none, after all retries
   * @throws InterruptedException if the caller is interrupted while it waits
   */
  ChatReply ask(ChatRequest request) throws ChatException, InterruptedException;
}
