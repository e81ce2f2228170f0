package rft.playground;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The process that serves one base model: started by the first who asks, shared by all, started
 * again after it died.
 */
final class WarmModel {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOMENTS = 20;

  private final Path folder;
  private final ModelProcess.Source source;

  /** Held while a process is started or ended, so that nobody takes one that is about to end. */
  private final Object change = new Object();

  private @Nullable ModelProcess process;
  private @Nullable Endpoint endpoint;
  private @Nullable String problem;
  private int inUse;
  private long lastUse = System.nanoTime();
  private long lastLook = System.nanoTime() - POLL.toNanos(); // for the endpoint

  WarmModel(Path folder, ModelProcess.Source source) {
    this.folder = folder;
    this.source = source;
  }

  /**
   * How a model's process is.
   *
   * @param model name of the base model
   * @param state {@code cold}, {@code starting}, {@code ready} or {@code ended}
   * @param pid of the process; null if there is none
   * @param seconds since it was started; null if there is none
   * @param inUse requests it answers now
   * @param problem why it ended; null if it did not
   */
  record Glance(
      String model,
      String state,
      @Nullable Long pid,
      @Nullable Double seconds,
      int inUse,
      @Nullable String problem) {}

  /** Keeps the process from being ended for idleness; closed after the request. */
  final class Use implements AutoCloseable {
    private final Endpoint endpoint;

    private Use(Endpoint endpoint) {
      this.endpoint = endpoint;
    }

    Endpoint endpoint() {
      return endpoint;
    }

    /** Returns the sentence for a request that broke off. */
    UnansweredException broken(IOException cause) {
      return brokenOff(cause);
    }

    @Override
    public void close() {
      release();
    }
  }

  Path folder() {
    return folder;
  }

  String name() {
    return String.valueOf(folder.getFileName());
  }

  /** Takes over a process that an earlier workbench left. */
  synchronized void find() throws IOException {
    if (process == null) {
      process = source.find(folder).orElse(null);
    }
  }

  /**
   * Returns the model for one request, once it answers.
   *
   * @param stop ends the waiting
   * @param waiting hears every moment for how many milliseconds the model has been starting
   * @throws UnansweredException if it ends before it answers, or the signal came
   */
  Use use(StopSignal stop, LongConsumer waiting) throws IOException, InterruptedException {
    ModelProcess mine = hold();
    boolean ready = false;
    try {
      Optional<Endpoint> found = poll(mine);
      while (found.isEmpty()) {
        if (stop.isStopped()) {
          throw new UnansweredException("nobody waits for the answer any more");
        }
        waiting.accept(Duration.between(mine.since(), Instant.now()).toMillis());
        Thread.sleep(POLL.toMillis());
        found = poll(mine);
      }
      ready = true;
      return new Use(found.get());
    } finally {
      if (!ready) {
        release();
      }
    }
  }

  /** Starts the process if there is none, without a wait. */
  void warmUp() throws IOException {
    hold();
    release();
  }

  private ModelProcess hold() throws IOException {
    synchronized (change) {
      synchronized (this) {
        ModelProcess now = process == null ? source.find(folder).orElse(null) : process;
        if (now == null || !now.isAlive()) {
          endpoint = null;
          problem = null;
          now = source.start(folder);
        }
        process = now;
        inUse++;
        return now;
      }
    }
  }

  private synchronized void release() {
    inUse--;
    lastUse = System.nanoTime();
  }

  /** Returns where the process answers, or empty while it starts. */
  private synchronized Optional<Endpoint> poll(ModelProcess mine) throws IOException {
    if (!mine.isAlive()) {
      if (process == mine) {
        process = null;
        endpoint = null;
        problem = mine.lastWords();
      }
      throw new UnansweredException("the model " + name() + " did not start: " + mine.lastWords());
    }
    if (process == mine && endpoint != null) {
      return Optional.of(endpoint);
    }
    // Many may wait, and each look reads a file.
    if (process == mine && System.nanoTime() - lastLook < POLL.toNanos()) {
      return Optional.empty();
    }
    Optional<Endpoint> found = mine.endpoint();
    if (process == mine) {
      endpoint = found.orElse(null);
      lastLook = System.nanoTime();
    }
    return found;
  }

  private UnansweredException brokenOff(IOException cause) {
    // A connection may break a moment before the process is gone.
    for (int i = 0; i < MOMENTS; i++) {
      synchronized (this) {
        ModelProcess now = process;
        if (now == null || !now.isAlive()) {
          process = null;
          endpoint = null;
          problem = now == null ? "it was ended" : words(now);
          return new UnansweredException(
              "the process of the model "
                  + name()
                  + " ended while it answered ("
                  + problem
                  + "); it starts again with the next request",
              cause);
        }
      }
      if (!pause()) {
        break;
      }
    }
    return new UnansweredException(
        "the model " + name() + " broke off its answer: " + cause.getMessage(), cause);
  }

  private static boolean pause() {
    try {
      Thread.sleep(POLL.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  synchronized Glance glance() {
    ModelProcess now = process;
    if (now == null) {
      return new Glance(name(), problem == null ? "cold" : "ended", null, null, inUse, problem);
    }
    if (!now.isAlive()) {
      return new Glance(name(), "ended", null, null, inUse, words(now));
    }
    boolean ready = endpoint != null || isReady(now);
    double seconds = Duration.between(now.since(), Instant.now()).toMillis() / 1e3;
    return new Glance(name(), ready ? "ready" : "starting", now.pid(), seconds, inUse, null);
  }

  private static String words(ModelProcess ended) {
    try {
      return ended.lastWords();
    } catch (IOException e) {
      return "it ended";
    }
  }

  private boolean isReady(ModelProcess now) {
    try {
      endpoint = now.endpoint().orElse(null);
      return endpoint != null;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends the process if nobody used it for so long. */
  void stopIfIdle(Duration idle) throws InterruptedException {
    synchronized (change) {
      synchronized (this) {
        if (inUse > 0 || System.nanoTime() - lastUse < idle.toNanos()) {
          return;
        }
      }
      stop();
    }
  }

  /** Ends the process, whoever uses it. */
  void stop() throws InterruptedException {
    synchronized (change) {
      ModelProcess last;
      synchronized (this) {
        last = process;
        process = null;
        endpoint = null;
        problem = null;
      }
      if (last != null) {
        last.stop(PATIENCE);
      }
    }
  }
}
