package rft.sandbox;

import java.io.IOException;

/** A sandboxed process did not answer. */
public final class WorkerException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why there is no answer. */
  public enum Reason {
    /** It did not answer within its limit. */
    TIMED_OUT,
    /** It ended. */
    DIED,
    /** Its answer is longer than its limit. */
    OUTPUT_LIMIT
  }

  private final Reason reason;

  public WorkerException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
