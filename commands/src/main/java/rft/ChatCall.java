package rft;

import rft.command.Chat;

/** The options of {@code chat}, to be run at the end. */
public final class ChatCall extends ModelCall<Chat.Talk, ChatCall> {
  ChatCall() {
    super(Chat::new);
  }

  /** What to say; given again, it continues the conversation. */
  public ChatCall message(String text) {
    return add("--message", text);
  }

  /** The system message. */
  public ChatCall system(String value) {
    return set("--system", value);
  }

  /** Ask the base model as well. */
  public ChatCall both() {
    return flag("--both");
  }

  /** Of the draws; 0 takes the likeliest token (default 0.0). */
  public ChatCall temperature(double value) {
    return set("--temperature", value);
  }

  /** Longest answer (default 128). */
  public ChatCall maxNewTokens(int value) {
    return set("--max-new-tokens", value);
  }

  /** Of the draws (default 0). */
  public ChatCall seed(long value) {
    return set("--seed", value);
  }
}
