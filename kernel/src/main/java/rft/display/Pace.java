package rft.display;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Draws what has changed, soon but not more often than a front-end can follow, on a thread of its
 * own, so that what is drawn does not wait for it.
 */
final class Pace implements AutoCloseable {
  private static final long REST_NANOS = Duration.ofMillis(220).toNanos();

  private final Runnable drawing;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, Pace::thread);
  private long nextNanos = System.nanoTime();
  private boolean asked;
  private boolean closed;

  Pace(Runnable drawing) {
    this.drawing = drawing;
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * A thread outside the group of the cell, whose threads are stopped with it, and without the
   * cell's output.
   */
  private static Thread thread(Runnable work) {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    Thread thread = new Thread(group, work, "rft-display", 0, false);
    thread.setDaemon(true);
    return thread;
  }

  /** Asks for a drawing of what is there when it is made. */
  synchronized void ask() {
    if (asked || closed) {
      return;
    }
    asked = true;
    // What fails here fails again in the last drawing, on the thread of whoever asks for it.
    Future<?> unused =
        timer.schedule(this::draw, nextNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private void draw() {
    synchronized (this) {
      asked = false;
      nextNanos = System.nanoTime() + REST_NANOS;
      if (closed) {
        return;
      }
    }
    drawing.run();
  }

  /** Begins no other drawing; one may still be under way. */
  @Override
  public synchronized void close() {
    closed = true;
    timer.shutdown();
  }
}
