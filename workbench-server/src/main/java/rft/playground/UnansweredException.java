package rft.playground;

import java.io.IOException;

/** A model did not answer; the message says why in one sentence. */
final class UnansweredException extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean refused;

  UnansweredException(String message) {
    this(message, false);
  }

  /**
   * @param refused whether the model is well and only this question is at fault
   */
  UnansweredException(String message, boolean refused) {
    super(message);
    this.refused = refused;
  }

  UnansweredException(String message, Throwable cause) {
    super(message, cause);
    this.refused = false;
  }

  boolean isRefused() {
    return refused;
  }
}
