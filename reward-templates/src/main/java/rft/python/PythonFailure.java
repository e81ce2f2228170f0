package rft.python;

import java.io.IOException;
import rft.reward.Failure;
import rft.sandbox.NoSandboxException;
import rft.sandbox.PythonException;

/** Names what went wrong in the sandbox as a verdict. */
final class PythonFailure {
  private PythonFailure() {}

  static Failure of(IOException thrown) {
    String detail = String.valueOf(thrown.getMessage());
    if (thrown instanceof PythonException known) {
      return new Failure(kind(known.kind()), detail);
    }
    return thrown instanceof NoSandboxException
        ? new Failure(Failure.Kind.NO_SANDBOX, detail)
        : new Failure(Failure.Kind.WORKER_DIED, "the sandbox failed: " + detail);
  }

  private static Failure.Kind kind(PythonException.Kind kind) {
    return switch (kind) {
      case RAISED, NO_FUNCTION -> Failure.Kind.EXCEPTION;
      case NOT_JSON -> Failure.Kind.UNREADABLE;
      case TIMED_OUT -> Failure.Kind.TIMEOUT;
      case DIED, OUTPUT_LIMIT -> Failure.Kind.WORKER_DIED;
    };
  }
}
