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

  /**
   * Returns the object to go on with, which a notebook binds to the name after {@code --as}: the
   * result itself, or what it is about, such as the run of a training.
   */
  default Object named() {
    return this;
  }

  /**
   * Returns the result in plain sentences, for whoever has no better view of it; empty if there are
   * none.
   */
  default Optional<String> text() {
    return Optional.empty();
  }
}
