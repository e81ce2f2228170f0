package rft.pull;

import java.io.IOException;

/** A model cannot be fetched; the message is one sentence for the user. */
public final class PullException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What went wrong, as far as a caller needs to know. */
  public enum Kind {
    /** The name, the revision or a file in it does not exist. */
    NOT_FOUND,
    /** It was stopped; what has arrived is kept. */
    STOPPED,
    /** Anything else. */
    FAILED
  }

  PullException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  PullException(String message) {
    this(Kind.FAILED, message);
  }

  PullException(String message, Throwable cause) {
    super(message, cause);
    this.kind = Kind.FAILED;
  }

  public Kind kind() {
    return kind;
  }
}
