package rft.command;

import java.util.Optional;

/**
 * What a verb found or made, as a record: the command line prints it as text or JSON, a notebook as
 * HTML.
 */
public interface Result {
  /** Returns how a process ends that has this result. */
  default ExitCode exitCode() {
    return ExitCode.OK;
  }

  /** Returns what went wrong although there is a result, in one sentence; empty if nothing did. */
  default Optional<String> problem() {
    return Optional.empty();
  }
}
