package rft.sandbox;

import java.io.IOException;

/** A way to run a command that sees no network, no home, and nothing of the host to write to. */
public interface Sandbox {
  /** Returns what isolates, for example {@code bubblewrap}. */
  String name();

  /**
   * Returns whether commands find the programs of this machine under their own paths; else only
   * those of an image.
   */
  default boolean hasHostPrograms() {
    return true;
  }

  /**
   * Runs a command to its end, or to the first limit it meets.
   *
   * @throws IOException if it cannot be started
   * @throws InterruptedException if the caller is interrupted; the command is gone then, too
   */
  Outcome run(Command command) throws IOException, InterruptedException;

  /**
   * Starts a command that answers lines on its standard input with lines on its standard output.
   * How long an answer may take is said with the question; the command's own limits of time do not
   * count.
   *
   * @throws IOException if it cannot be started
   */
  Worker start(Command command) throws IOException;
}
