package rft.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Splits work into as many contiguous parts as there are threads and runs them side by side.
 *
 * <p>Which item lands in which part depends on the counts alone, so results are the same on every
 * run with the same number of threads.
 */
public final class Shards implements AutoCloseable {
  private final int threads;
  private final ExecutorService executor;

  /** Makes a pool of daemon threads. */
  public Shards(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads (" + threads + ") must be at least 1");
    }
    this.threads = threads;
    this.executor =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "rft-shard");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Returns the number of threads. */
  public int threads() {
    return threads;
  }

  /**
   * Returns the result of {@code work} on each part, in order; empty parts are left out.
   *
   * @throws RuntimeException the first failure in part order, after every part has ended
   */
  public <T, R> List<R> map(List<T> items, Function<List<T>, R> work) {
    List<Callable<R>> calls = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int from = (int) ((long) items.size() * i / threads);
      int to = (int) ((long) items.size() * (i + 1) / threads);
      if (from < to) {
        List<T> part = List.copyOf(items.subList(from, to));
        calls.add(() -> work.apply(part));
      }
    }
    try {
      List<R> results = new ArrayList<>();
      for (Future<R> future : executor.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.util.concurrent.CancellationException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
