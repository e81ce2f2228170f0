package rft.grader;

import rft.reward.Failure;

/** A grader has no value for an answer. */
final class GradingException extends Exception {
  private static final long serialVersionUID = 1L;

  private final GraderError error;
  private final Failure.Kind kind;

  GradingException(GraderError error, Failure.Kind kind, String message) {
    super(message);
    this.error = error;
    this.kind = kind;
  }

  GraderError error() {
    return error;
  }

  Failure.Kind kind() {
    return kind;
  }
}
