package rft.lambda;

import rft.reward.Failure;

/** An event or a reply cannot be had or read: whole, not one element of it. */
public final class LambdaException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Failure.Kind kind;

  /**
   * @param kind what went wrong
   * @param message one sentence: what, where, and what to do
   */
  public LambdaException(Failure.Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** Returns what went wrong. */
  public Failure.Kind kind() {
    return kind;
  }

  /** Returns this as the verdict on each completion that was asked about. */
  public Failure asFailure() {
    return new Failure(kind, String.valueOf(getMessage()));
  }
}
