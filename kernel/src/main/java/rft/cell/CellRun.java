package rft.cell;

import java.lang.Thread.State;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One body on a thread of its own. */
final class CellRun {
  /** What it runs. */
  interface Body {
    @Nullable Object run() throws Throwable;
  }

  private static final long START_NANOS = 200_000_000;
  private static final long LOOK_AGAIN_NANOS = 10_000;

  final StoppableControl owner;

  /** The process's handler before this run; threads that no cell started fall back on it. */
  final @Nullable UncaughtExceptionHandler handler = presentHandler();

  private final Thread caller = Thread.currentThread();
  private @Nullable Body body;
  private volatile @Nullable Object value;
  private volatile @Nullable Throwable thrown;
  private volatile @Nullable Thread thread;
  boolean isStopping;

  CellRun(StoppableControl owner, Body body) {
    this.owner = owner;
    this.body = body;
  }

  private static @Nullable UncaughtExceptionHandler presentHandler() {
    UncaughtExceptionHandler present = Thread.getDefaultUncaughtExceptionHandler();
    boolean ofEngine = present != null && present.getClass().getName().startsWith("jdk.jshell.");
    return ofEngine ? null : present;
  }

  /** Returns whether a thread runs the body, or was started by it. */
  boolean contains(Thread other) {
    Thread worker = thread;
    ThreadGroup own = worker == null ? null : worker.getThreadGroup();
    ThreadGroup group = other.getThreadGroup();
    return other == worker || (own != null && group != null && own.parentOf(group));
  }

  /** Returns and forgets what the body returned: threads that the cell started keep this object. */
  @Nullable Object takeValue() {
    Object result = value;
    value = null;
    return result;
  }

  /**
   * Runs the body on a thread in a group below that of the calling thread, and waits for it. The
   * engine's own group swallows what ends a background thread; the group below reports it.
   */
  void perform(ClassLoader loader, UncaughtExceptionHandler report) throws Throwable {
    awaitCaller();
    Thread worker = new Thread(new CellGroup(report), this::work, "cell");
    worker.setContextClassLoader(loader);
    thread = worker;
    worker.start();
    awaitEnd();
    Throwable failure = thrown;
    thrown = null;
    if (failure != null) {
      throw failure;
    }
  }

  private void work() {
    Body task = body;
    body = null;
    try {
      value = task == null ? null : task.run();
    } catch (Throwable e) {
      thrown = e;
    }
  }

  /**
   * Waits until the caller waits. It waits for every thread that is alive when it looks, so a
   * background thread of the cell must not start earlier.
   */
  private void awaitCaller() {
    long deadline = System.nanoTime() + START_NANOS;
    while (caller.getState() != State.WAITING && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  /** Waits until the body's thread has ended, whatever happens to the waiting thread. */
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

  /** Reports what ends a thread, unless that was a stop. */
  private static final class CellGroup extends ThreadGroup {
    private final UncaughtExceptionHandler report;

    CellGroup(UncaughtExceptionHandler report) {
      super("cell");
      this.report = report;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
      if (!(thrown instanceof ThreadDeath)) {
        report.uncaughtException(thread, thrown);
      }
    }
  }
}
