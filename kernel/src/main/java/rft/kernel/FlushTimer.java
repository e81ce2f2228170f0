package rft.kernel;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs a task a moment later, on one thread of its own; not at all once it is closed. */
final class FlushTimer implements AutoCloseable {
  private static final long MOMENT_MILLIS = 100;

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1, task -> Daemon.thread("rft-flush", task), new ThreadPoolExecutor.DiscardPolicy());

  private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();

  FlushTimer() {
    // Otherwise the first cell that prints would start the thread, and could stop it.
    executor.prestartAllCoreThreads();
  }

  void soon(Runnable task) {
    waiting.add(task);
    Future<?> unused = executor.schedule(() -> run(task), MOMENT_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Runs now what waits for its moment. */
  void hurry() {
    waiting.forEach(this::run);
  }

  private void run(Runnable task) {
    if (waiting.remove(task)) {
      task.run();
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
