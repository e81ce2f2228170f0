package rft.judge;

import rft.reward.Failure;

/** A model gave no answer. */
public final class ChatException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Failure.Kind kind;

  /**
   * @param kind {@code REFUSED}, {@code TIMEOUT}, {@code THROTTLED}, {@code SERVICE}, {@code
   *     TRUNCATED} or {@code UNREADABLE}
   * @param message what happened, where, and what to do about it; never a key
   */
  public ChatException(Failure.Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public ChatException(Failure.Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Failure.Kind kind() {
    return kind;
  }

  /** Returns this as the verdict on what could not be judged. */
  public Failure asFailure() {
    return new Failure(kind, String.valueOf(getMessage()));
  }
}
