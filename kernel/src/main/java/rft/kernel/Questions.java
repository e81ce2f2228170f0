package rft.kernel;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import rft.wire.WireMessage;

/** Asks the user for a line, one question at a time. */
final class Questions {
  private final Publisher publisher;
  private @Nullable String open;
  private @Nullable String answer;
  private boolean cancelled;

  Questions(Publisher publisher) {
    this.publisher = publisher;
  }

  /**
   * Returns the line that the user enters, without its end.
   *
   * @throws IllegalStateException if the front-end cannot ask, or the cell has ended
   * @throws CancellationException if the cell is interrupted meanwhile
   */
  synchronized String ask(Cell cell, String prompt, boolean password) {
    if (!cell.asked().allowStdin()) {
      throw new IllegalStateException(
          "this front-end cannot ask for input: it runs cells without a user; set the value in the"
              + " notebook instead");
    }
    if (!cell.isRunning()) {
      throw new IllegalStateException(
          "only a running cell can ask for input; the cell that started this thread has ended");
    }
    try {
      while (open != null) {
        wait();
      }
      cell.flush();
      answer = null;
      cancelled = cell.isInterrupted();
      open = publisher.ask(cell.request(), prompt, password);
      while (answer == null && !cancelled) {
        wait();
      }
      String given = answer;
      if (given == null) {
        throw new CancellationException("interrupted while waiting for input");
      }
      return given;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for input");
    } finally {
      open = null;
      notifyAll();
    }
  }

  /** Takes an answer; one to no question, or to an earlier one, is dropped. */
  synchronized void answered(WireMessage reply) {
    boolean stale = !reply.parentId().isEmpty() && !reply.parentId().equals(open);
    if (open != null && !stale && answer == null) {
      answer = reply.content().path("value").asText("");
      notifyAll();
    }
  }

  /** Gives up the open question. */
  synchronized void cancel() {
    cancelled = true;
    notifyAll();
  }
}
