package rft.sandbox;

import java.io.IOException;

/** A Python function gave no value; the message says why, with the source's own line. */
public final class PythonException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why there is no value. */
  public enum Kind {
    /** The source or the function raised; {@link #line} is where. */
    RAISED,
    /** It did not answer within its time; the interpreter was killed. */
    TIMED_OUT,
    /** The interpreter ended: it ran out of memory, was killed, or ended itself. */
    DIED,
    /** It returned what JSON cannot hold. */
    NOT_JSON,
    /** The source has no function of that name. */
    NO_FUNCTION,
    /** It printed without end, or its value is too long. */
    OUTPUT_LIMIT
  }

  private final Kind kind;
  private final int line;
  private final int column;

  public PythonException(Kind kind, int line, String message) {
    this(kind, line, 0, message);
  }

  public PythonException(Kind kind, int line, int column, String message) {
    super(message);
    this.kind = kind;
    this.line = line;
    this.column = column;
  }

  public Kind kind() {
    return kind;
  }

  /** Returns the 1-based line of the source where it went wrong, 0 if that is not known. */
  public int line() {
    return line;
  }

  /** Returns the 1-based column in that line, 0 if that is not known. */
  public int column() {
    return column;
  }
}
