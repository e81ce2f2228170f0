package rft.job;

import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rft.run.ChildProcess;
import rft.run.DurableFile;
import rft.run.RunHome;

/**
 * Starts jobs as processes, one at a time for each device, the first in the queue first. Whatever
 * changes a job goes through here. A job's process does not need the queue: without one it goes on,
 * and the next queue finds it.
 */
final class JobQueue implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger("rft.job");
  private static final Duration PERIOD = Duration.ofMillis(300);

  private final JobFiles files;
  private final ForkHolds holds;
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Map<String, String> environment;
  private final FileChannel channel;
  private final @Nullable FileLock lock;
  private final Thread thread = new Thread(this::work, "rft-job-queue");
  private boolean closed;

  /**
   * Reads the jobs of a home and goes on with them. Only one queue of all processes starts them.
   */
  JobQueue(RunHome home) throws IOException {
    Path root = home.root().resolve("jobs");
    DurableFile.createFolders(root);
    this.files = new JobFiles(root);
    this.holds = new ForkHolds(home);
    this.environment = Map.of("RFT_HOME", home.root().toString());
    this.channel =
        FileChannel.open(
            root.resolve("queue.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    this.lock = tryLock(channel);
    files.all().forEach(job -> jobs.put(job.id(), job));
    thread.setDaemon(true);
    thread.start();
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  JobFiles files() {
    return files;
  }

  /** Returns all jobs, those that wait in the order of the queue, the others newest first. */
  synchronized List<Job> all() {
    List<Job> all = new ArrayList<>(jobs.values());
    Comparator<Job> newest = Comparator.comparing(Job::created).thenComparing(Job::id).reversed();
    all.sort(newest);
    all.sort(Comparator.comparing(Job::waiting).reversed());
    all.subList(0, waiting().size()).sort(Comparator.comparing(Job::position));
    return all;
  }

  synchronized Optional<Job> find(String id) {
    return Optional.ofNullable(jobs.get(id));
  }

  /** Returns the job that a run belongs to, the latest of several. */
  synchronized Optional<Job> ofRun(String run) {
    return jobs.values().stream()
        .filter(job -> run.equals(job.run()))
        .max(Comparator.comparing(Job::created));
  }

  /**
   * Puts a job at the end of the queue.
   *
   * @throws NotFoundResponse if it needs a checkpoint that is gone
   */
  synchronized Job add(Job job) throws IOException {
    Job queued = job.queued(nextPosition());
    if (!holds.follow(queued)) {
      holds.release(queued);
      throw new NotFoundResponse(
          "the checkpoint that job " + job.id() + " begins with is gone: fork one that is there");
    }
    keep(queued);
    notifyAll();
    return queued;
  }

  private long nextPosition() {
    return waiting().stream().mapToLong(Job::position).max().orElse(0) + 1;
  }

  /** Writes a changed job down. */
  synchronized void keep(Job job) throws IOException {
    files.write(job);
    jobs.put(job.id(), job);
  }

  private void noteRun(Job job, String run) throws IOException {
    Job running = job.withRun(run);
    keep(running);
    holds.follow(running);
  }

  /** Takes a job off the list, with the logs of its processes; its run stays. */
  synchronized void remove(Job job) throws IOException {
    jobs.remove(job.id());
    files.remove(job);
    holds.release(job);
  }

  /**
   * Moves a waiting job before another, or to the end.
   *
   * @param before id of a waiting job, or null for the end
   */
  synchronized void move(Job job, @Nullable String before) throws IOException {
    List<Job> order = new ArrayList<>(waiting());
    order.removeIf(other -> other.id().equals(job.id()));
    int place = order.size();
    for (int i = 0; i < order.size(); i++) {
      place = order.get(i).id().equals(before) ? i : place;
    }
    order.add(place, job);
    for (int i = 0; i < order.size(); i++) {
      if (order.get(i).position() != i + 1) {
        keep(order.get(i).queued(i + 1));
      }
    }
  }

  private List<Job> waiting() {
    return jobs.values().stream()
        .filter(Job::waiting)
        .sorted(Comparator.comparing(Job::position))
        .toList();
  }

  private synchronized void work() {
    while (!closed) {
      try {
        noteRuns();
        if (lock != null) {
          startNext();
        }
      } catch (IOException | RuntimeException e) {
        LOGGER.log(System.Logger.Level.ERROR, "the queue of jobs had a problem", e);
      }
      try {
        wait(PERIOD.toMillis());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Writes down which run a process made, as soon as it says so. */
  private void noteRuns() throws IOException {
    for (Job job : List.copyOf(jobs.values())) {
      if (job.run() == null && job.attempt() > 0) {
        Optional<String> run = files.child(job).flatMap(JobQueue::runOf);
        if (run.isPresent()) {
          noteRun(job, run.get());
        }
      }
    }
  }

  private static Optional<String> runOf(ChildProcess child) {
    try {
      return child.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void startNext() throws IOException {
    List<Job> queue = waiting();
    if (queue.isEmpty()) {
      return;
    }
    Set<String> busy = new HashSet<>();
    for (Job job : jobs.values()) {
      if (!job.waiting() && files.child(job).filter(ChildProcess::isAlive).isPresent()) {
        busy.add(job.device());
      }
    }
    for (Job job : queue) {
      if (busy.add(job.device())) {
        start(job);
      }
    }
  }

  private void start(Job job) throws IOException {
    Job started = job.started();
    keep(started);
    try {
      ChildProcess.start(files.attempt(started), started.nextArguments(), environment);
    } catch (IOException | IllegalStateException e) {
      keep(started.failedToStart(String.valueOf(e.getMessage())));
    }
  }

  /** Ends the queue; the processes of its jobs go on. */
  @Override
  public void close() throws IOException {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    channel.close();
  }
}
