package rft.prompt.jinja;

/** A template that cannot be read or rendered, or that refused its input. */
public final class JinjaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final int line;

  JinjaException(String reason) {
    this(0, reason);
  }

  JinjaException(int line, String reason) {
    super(line > 0 ? "line " + line + ": " + reason : reason);
    this.reason = reason;
    this.line = line;
  }

  /** Returns this fault with a place, unless it has one already. */
  JinjaException at(int place) {
    if (line > 0) {
      return this;
    }
    JinjaException placed = new JinjaException(place, reason);
    placed.setStackTrace(getStackTrace());
    return placed;
  }

  /** Returns the line of the template, from 1. */
  public int line() {
    return line;
  }
}
