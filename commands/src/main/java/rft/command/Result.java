package rft.command;

/**
 * What a verb found or made, as a record: the command line prints it as text or JSON, a notebook as
 * HTML.
 */
public interface Result {
  /** Returns how a process ends that has this result. */
  default ExitCode exitCode() {
    return ExitCode.OK;
  }
}
