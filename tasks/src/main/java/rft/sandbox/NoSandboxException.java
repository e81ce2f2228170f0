package rft.sandbox;

import java.io.IOException;

/** No sandbox works on this machine; the message says what was tried and how to get one. */
public final class NoSandboxException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String fix;

  public NoSandboxException(String message) {
    super(message);
    this.problem = message;
    this.fix = "";
  }

  /**
   * @param problem what is missing, and what was tried
   * @param fix how to get it, a sentence of its own
   */
  public NoSandboxException(String problem, String fix) {
    super(problem + ". " + fix);
    this.problem = problem;
    this.fix = fix;
  }

  /** Returns what is missing, and what was tried. */
  public String problem() {
    return problem;
  }

  /** Returns how to get it; empty if that is part of the problem. */
  public String fix() {
    return fix;
  }
}
