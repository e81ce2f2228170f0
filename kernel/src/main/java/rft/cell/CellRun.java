package rft.cell;

import java.lang.Thread.State;
import java.lang.Thread.UncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;

/** One body on a thread of its own. */
final class CellRun {
  /** What it runs. */
  interface Body {
    @Nullable Object run() throws Throwable;
  }

  private static final long START_NANOS = 200_000_000;

  final StoppableControl owner;
  private final Thread caller;
  private @Nullable Body body;
  private volatile @Nullable Object value;
  volatile @Nullable UncaughtExceptionHandler handler;
  boolean isStopping;
  private volatile @Nullable Thread thread;

  CellRun(StoppableControl owner, Body body, Thread caller) {
    this.owner = owner;
    this.body = body;
    this.caller = caller;
  }

  /** Returns the thread of this run; null before it has begun. */
  @Nullable Thread thread() {
    return thread;
  }

  /** Returns and forgets what the body returned: threads that the cell started keep this object. */
  @Nullable Object takeValue() {
    Object result = value;
    value = null;
    return result;
  }

  /** Runs the body on the calling thread. */
  void perform() throws Throwable {
    Thread self = Thread.currentThread();
    self.setName("cell");
    thread = self;
    awaitCaller();
    Body task = body;
    body = null;
    value = task == null ? null : task.run();
  }

  /**
   * Waits until the caller waits for this thread. It waits for every thread that is alive when it
   * looks, so a background thread must not start earlier.
   */
  private void awaitCaller() {
    long deadline = System.nanoTime() + START_NANOS;
    while (caller.getState() != State.WAITING && System.nanoTime() < deadline) {
      Thread.yield();
    }
  }

  /** Waits until the thread has ended, whatever happens to the caller. */
  void awaitEnd() {
    Thread started = thread;
    boolean interrupted = false;
    while (started != null && started.isAlive()) {
      try {
        started.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
