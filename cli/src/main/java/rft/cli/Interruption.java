package rft.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a command on Ctrl-C: a verb that asks whether to stop gets time to save its work, any other
 * ends at once. The process then exits with 130, which Java sees to.
 */
final class Interruption {
  /** Enough to write a checkpoint of a large model to a slow disk. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Terminal terminal;
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean requested;
  private volatile boolean cooperative;
  private volatile String sentence = "Stopping.";

  Interruption(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Returns whether the user wants the command to end; the verb that asks is waited for. */
  boolean requested() {
    cooperative = true;
    return requested;
  }

  /**
   * Tells that the verb waits for a line, which cannot be broken off: it need not be waited for.
   */
  void waitsForInput() {
    cooperative = false;
  }

  /** Takes what to say when the command is to end. */
  void says(String text) {
    sentence = text;
  }

  /** Tells that the command has printed its last line. */
  void finished() {
    finished.countDown();
  }

  /** Asks the command to stop and waits until it has; returns at once if it already ended. */
  void stopAndWait() {
    if (finished.getCount() == 0 || !cooperative) {
      return;
    }
    requested = true;
    terminal.error(Line.of(sentence));
    try {
      if (!finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        terminal.error(
            Line.of(
                "The command did not stop within " + PATIENCE.toMinutes() + " minutes; ended."));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
