package rft.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
   * Returns the result of {@code work} on each part, in order; empty parts are left out. An
   * interrupt is passed on to the parts, which may look at it to end early.
   *
   * @throws RuntimeException the first failure in part order
   * @throws CancellationException if the caller was interrupted; it stays interrupted
   */
  public <T, R> List<R> map(List<T> items, Function<List<T>, R> work) {
    return map(items, threads, work);
  }

  /**
   * Returns the result of {@code work} on each of at most so many parts, as {@link #map(List,
   * Function)}.
   */
  public <T, R> List<R> map(List<T> items, int most, Function<List<T>, R> work) {
    List<List<T>> shares = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      int from = (int) ((long) items.size() * i / most);
      int to = (int) ((long) items.size() * (i + 1) / most);
      if (from < to) {
        shares.add(List.copyOf(items.subList(from, to)));
      }
    }
    CountDownLatch running = new CountDownLatch(shares.size());
    List<Part<R>> parts =
        shares.stream().map(share -> new Part<>(() -> work.apply(share), running)).toList();
    parts.forEach(executor::execute);
    await(running, parts);
    List<R> results = new ArrayList<>();
    for (Part<R> part : parts) {
      results.add(part.result());
    }
    return results;
  }

  /**
   * Returns when no part runs any more, whatever happens: the caller frees what they work on next.
   */
  private static void await(CountDownLatch running, List<? extends Part<?>> parts) {
    boolean interrupted = false;
    while (true) {
      try {
        running.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        parts.forEach(Part::abandon);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /** One share of the work, which leaves its result or its failure behind. */
  private static final class Part<R> implements Runnable {
    private final Supplier<R> work;
    private final CountDownLatch running;
    private Supplier<R> outcome;
    private @Nullable Thread runner;
    private boolean abandoned;

    Part(Supplier<R> work, CountDownLatch running) {
      this.work = work;
      this.running = running;
      this.outcome =
          () -> {
            throw new CancellationException("interrupted");
          };
    }

    @Override
    public void run() {
      try {
        if (begin()) {
          R result = work.get();
          outcome = () -> result;
        }
      } catch (RuntimeException e) {
        outcome =
            () -> {
              throw e;
            };
      } catch (Error e) {
        outcome =
            () -> {
              throw e;
            };
      } finally {
        end();
      }
    }

    private synchronized boolean begin() {
      runner = Thread.currentThread();
      return !abandoned;
    }

    private synchronized void end() {
      runner = null;
      running.countDown();
    }

    synchronized void abandon() {
      abandoned = true;
      if (runner != null) {
        runner.interrupt();
      }
    }

    R result() {
      return outcome.get();
    }
  }

  @Override
  public void close() {
    for (Runnable waiting : executor.shutdownNow()) {
      if (waiting instanceof Part<?> part) {
        part.abandon();
        part.run();
      }
    }
  }
}
