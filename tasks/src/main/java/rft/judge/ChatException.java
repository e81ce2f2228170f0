package rft.judge;

import org.jspecify.annotations.Nullable;
import rft.reward.Failure;

/** A model gave no answer. */
public final class ChatException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Failure.Kind kind;
  private final double costUsd;

  /**
   * @param kind {@code REFUSED}, {@code TIMEOUT}, {@code THROTTLED}, {@code SERVICE}, {@code
   *     TRUNCATED} or {@code UNREADABLE}
   * @param message what happened, where, and what to do about it; never a key
   */
  public ChatException(Failure.Kind kind, String message) {
    super(message);
    this.kind = kind;
    this.costUsd = 0;
  }

  public ChatException(Failure.Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.costUsd = 0;
  }

  private ChatException(ChatException same, double costUsd) {
    super(same.getMessage(), same);
    this.kind = same.kind;
    this.costUsd = costUsd;
  }

  /** Returns this with what the answer cost that is of no use, in US dollars. */
  ChatException costing(double usd) {
    return new ChatException(this, usd);
  }

  public Failure.Kind kind() {
    return kind;
  }

  /**
   * Returns this as the verdict on what could not be judged, with what was paid for it.
   *
   * @param reply what could not be read; null if nothing came
   */
  Failure asFailure(@Nullable ChatReply reply) {
    double paid = reply == null ? costUsd : reply.usage().costUsd();
    return new Failure(kind, String.valueOf(getMessage()), paid);
  }
}
