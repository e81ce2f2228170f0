package rft.command;

import java.util.Locale;

/** How a command ended, as its process tells the shell. */
public enum ExitCode {
  OK(0),
  /** It ran and failed, or found what it was asked to look for: bad rows, a failed check. */
  FAILED(1),
  /** It was called with an option, a value or a verb that does not exist. */
  USAGE(2),
  /** The run diverged, or its result failed the gate it was asked to pass. */
  DIVERGED(3),
  /** A file, run, model, task or reward of that name does not exist. */
  NOT_FOUND(4),
  /** Code that must run in a sandbox has none on this machine. */
  NO_SANDBOX(5),
  /** Stopped by the user, after the work done so far was saved. */
  INTERRUPTED(130);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** Returns the number that the process exits with. */
  public int number() {
    return number;
  }

  /** Returns the lower-case name used in JSON, for example {@code not_found}. */
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
