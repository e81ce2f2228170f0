package rft.sandbox;

import java.io.IOException;

/** A way to run a command that sees no network, no home, and nothing of the host to write to. */
public interface Sandbox {
  /** Returns what isolates, for example {@code bubblewrap}. */
  String name();

  /**
   * Runs a command to its end, or to the first limit it meets.
   *
   * @throws IOException if it cannot be started
   * @throws InterruptedException if the caller is interrupted; the command is gone then, too
   */
  Outcome run(Command command) throws IOException, InterruptedException;

  /**
   * Starts a command that answers lines on its standard input with lines on its standard output;
   * its wall-clock limit counts for each answer, not for its life.
   *
   * @throws IOException if it cannot be started
   */
  Worker start(Command command) throws IOException;
}
