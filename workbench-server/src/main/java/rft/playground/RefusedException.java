package rft.playground;

import org.jspecify.annotations.Nullable;

/** A request of a program that is not passed on to a model; the message says why. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final @Nullable String param;
  private final int retryAfterSeconds;

  private RefusedException(
      int status, String code, @Nullable String param, String message, int retryAfterSeconds) {
    super(message);
    this.status = status;
    this.code = code;
    this.param = param;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /**
   * @param code a word for programs
   */
  RefusedException(int status, String code, String message) {
    this(status, code, null, message, 0);
  }

  /** The field {@code model} is at fault. */
  static RefusedException ofModel(int status, String code, String message) {
    return new RefusedException(status, code, "model", message, 0);
  }

  /** The same request may pass later. */
  static RefusedException busy(String message, int retryAfterSeconds) {
    return new RefusedException(429, "queue_full", null, message, retryAfterSeconds);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  /** Returns the field at fault; null if it is none. */
  @Nullable String param() {
    return param;
  }

  /** Returns when to try again; 0 if that would not help. */
  int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
