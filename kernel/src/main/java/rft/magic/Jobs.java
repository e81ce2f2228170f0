package rft.magic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rft.cell.CellError;
import rft.display.CellOutput;
import rft.display.Views;

/**
 * What cells started in the background. A job has its own thread outside the threads of cells, so
 * that stopping a cell does not touch it, and shows what it does in the cell that started it.
 */
final class Jobs {
  /** A front-end ends a kernel that takes longer than five seconds. */
  private static final Duration LAST_WORK = Duration.ofSeconds(4);

  private final ThreadGroup group;
  private final List<Job> jobs = new ArrayList<>();

  /**
   * @param group of the threads; none that belongs to a cell
   */
  Jobs(ThreadGroup group) {
    this.group = group;
  }

  /** What a job does. */
  interface Work {
    Optional<Object> run(Job job) throws Exception;
  }

  /**
   * Returns a job that has begun.
   *
   * @param as the name that the result gets; null for none
   * @param output of the cell that starts it
   * @param failures turns what the work throws into what the user reads
   */
  Job start(
      String title,
      @Nullable String as,
      CellOutput output,
      Work work,
      Function<Throwable, CellError> failures) {
    Job job = add(title, as);
    Thread thread =
        new Thread(
            group,
            () -> {
              output.adopt();
              run(job, output, work, failures);
            },
            "rft-" + job.name(),
            0,
            false);
    thread.setDaemon(true);
    // On 17 each evaluation replaces the handler of the process by one that is silent.
    thread.setUncaughtExceptionHandler((t, e) -> job.finish(null, "failed: " + e));
    thread.start();
    return job;
  }

  private synchronized Job add(String title, @Nullable String as) {
    Job job = new Job("job" + (jobs.size() + 1), title, as);
    jobs.add(job);
    return job;
  }

  private static void run(
      Job job, CellOutput output, Work work, Function<Throwable, CellError> failures) {
    try {
      Optional<Object> value = work.run(job);
      value.ifPresent(result -> output.display(Views.bundle(result)));
      job.finish(value.orElse(null), job.stopToken().isRequested() ? "stopped" : "");
    } catch (Throwable e) {
      CellError error = failures.apply(e);
      output.display(FailureText.bundle(error));
      job.finish(null, "failed: " + error.errorName());
    }
  }

  /** Returns every job, oldest first. */
  synchronized List<Job> all() {
    return List.copyOf(jobs);
  }

  /** Returns the job of this name, or the last whose result or run is called so. */
  synchronized Optional<Job> find(String name) {
    Optional<Job> found = Optional.empty();
    for (Job job : jobs) {
      if (job.isCalled(name)) {
        found = Optional.of(job);
      }
    }
    return found;
  }

  /** Asks every job to save its work and end, and gives them a moment to do so. */
  void stopAll() {
    all().forEach(Job::stop);
    long end = System.nanoTime() + LAST_WORK.toNanos();
    try {
      for (Job job : all()) {
        job.await(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
