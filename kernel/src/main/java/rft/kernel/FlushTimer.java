package rft.kernel;

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

  FlushTimer() {
    // Otherwise the first cell that prints would start the thread, and could stop it.
    executor.prestartAllCoreThreads();
  }

  void soon(Runnable task) {
    Future<?> unused = executor.schedule(task, MOMENT_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
