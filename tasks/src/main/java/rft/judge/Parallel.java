package rft.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks many questions at once; how many really run together is the model's own limit. */
final class Parallel {
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "judge");
            thread.setDaemon(true);
            return thread;
          });

  private Parallel() {}

  /**
   * Returns what the calls return, in their order.
   *
   * @throws IllegalStateException if the caller is interrupted; the calls then are, too
   */
  static <T> List<T> all(List<Callable<T>> calls) {
    List<Future<T>> futures = new ArrayList<>(calls.size());
    try {
      for (Callable<T> call : calls) {
        futures.add(THREADS.submit(call));
      }
      List<T> results = new ArrayList<>(calls.size());
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the judge was asked", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a question to the judge failed: " + e.getCause(), e);
    } finally {
      futures.forEach(future -> future.cancel(true));
    }
  }
}
