package rft.serving;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Shares answers among the threads that compute, first come first served, and refuses what would
 * wait too long.
 */
final class Dispatcher implements AutoCloseable {
  private static final int MOST_RETRY_SECONDS = 60;

  private final Limits limits;
  private final List<DecodingLoop> loops = new ArrayList<>();
  private final Deque<Generation.Choice> waiting = new ArrayDeque<>();
  private final int[] running; // answers by loop
  private int open; // answers admitted and not yet gone
  private double meanSeconds = 1;
  private final LongAdder drawn = new LongAdder();
  private final LongAdder passes = new LongAdder();
  private boolean ending; // nothing more is admitted
  private boolean closed;

  /**
   * How much at once.
   *
   * @param threads that compute
   * @param rows answers drawn at the same time, over all threads
   * @param queue answers that may wait beside these
   */
  record Limits(int threads, int rows, int queue) {
    Limits {
      if (threads < 1 || rows < threads || queue < 0) {
        throw new IllegalArgumentException(
            "threads (%d) must be at least 1, rows (%d) at least that, queue (%d) at least 0"
                .formatted(threads, rows, queue));
      }
    }

    int rowsPerThread() {
      return (rows + threads - 1) / threads;
    }
  }

  /**
   * Starts the threads.
   *
   * @param endTokens ids that end an answer
   */
  Dispatcher(Limits limits, Set<Integer> endTokens) {
    this.limits = limits;
    this.running = new int[limits.threads()];
    for (int i = 0; i < limits.threads(); i++) {
      loops.add(new DecodingLoop(this, i, endTokens));
    }
    loops.forEach(DecodingLoop::start);
  }

  /**
   * Admits answers, which must be handed in or given back.
   *
   * @throws ApiException if as many wait as may wait, or so many never may
   */
  synchronized void admit(int rows) {
    if (ending) {
      throw ApiException.closing();
    }
    int most = limits.rows() + limits.queue();
    if (rows > most) {
      throw ApiException.tooMany(
          "%d answers are asked for at once, and at most %d may be drawn or wait; ask for fewer, or give rft serve a larger --queue"
              .formatted(rows, most));
    }
    if (open + rows > most) {
      int ahead = Math.max(0, open - limits.rows()) + rows;
      double seconds = meanSeconds * ahead / limits.rows();
      int retry = (int) Math.min(MOST_RETRY_SECONDS, Math.max(1, Math.ceil(seconds)));
      throw ApiException.busy(
          "%d answers are being drawn or wait, at most %d may; try again in %d s"
              .formatted(open, most, retry),
          retry);
    }
    open += rows;
  }

  /** Takes note that admitted answers are gone, and how long they took. */
  synchronized void gone(int rows, Duration took) {
    open -= rows;
    meanSeconds += 0.1 * (took.toNanos() / 1e9 - meanSeconds);
    notifyAll();
  }

  /** Hands in the answers of an admitted request. */
  synchronized void submit(Generation generation) {
    waiting.addAll(generation.choices());
    notifyAll();
  }

  /** Takes answers that nobody waits for any more out of the queue. */
  void forgetCancelled() {
    List<Generation.Choice> over;
    synchronized (this) {
      over = waiting.stream().filter(Generation.Choice::isOver).toList();
      waiting.removeAll(over);
    }
    over.forEach(Generation.Choice::gone);
  }

  /** Returns how many answers are being drawn. */
  synchronized int running() {
    int sum = 0;
    for (int rows : running) {
      sum += rows;
    }
    return sum;
  }

  /** Takes note that one pass through the model drew tokens, one for each answer of a batch. */
  void drew(int tokens) {
    drawn.add(tokens);
    passes.add(tokens > 0 ? 1 : 0);
  }

  /** Returns how often the model was passed; fewer than tokens where answers share a pass. */
  long passes() {
    return passes.sum();
  }

  /** Returns how many tokens were drawn, for whomever. */
  long drawn() {
    return drawn.sum();
  }

  /** Returns how many answers wait. */
  synchronized int waiting() {
    return waiting.size();
  }

  /**
   * Returns the answers that a loop begins now: its even share of what there is. Waits while there
   * is nothing to do at all.
   *
   * @param rows how many it draws already
   * @return null when the server ends
   */
  synchronized @Nullable List<Generation.Choice> take(int loop, int rows)
      throws InterruptedException {
    running[loop] = rows;
    while (!closed && rows == 0 && waiting.isEmpty()) {
      wait();
    }
    if (closed) {
      return null;
    }
    List<Generation.Choice> taken = new ArrayList<>();
    int threads = running.length;
    int share =
        Math.min(limits.rowsPerThread(), (running() + waiting.size() + threads - 1) / threads);
    while (!waiting.isEmpty() && running[loop] < share) {
      Generation.Choice next = waiting.remove();
      if (next.isOver()) {
        next.gone();
      } else {
        taken.add(next);
        running[loop]++;
      }
    }
    return taken;
  }

  /**
   * Takes nothing more in and waits for what there is.
   *
   * @return whether all was done in time
   */
  synchronized boolean drain(Duration patience) throws InterruptedException {
    ending = true;
    long deadline = System.nanoTime() + patience.toNanos();
    while (open > 0) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }

  /** Ends the threads; answers that are not done fail. */
  @Override
  public void close() {
    synchronized (this) {
      ending = true;
      closed = true;
      notifyAll();
    }
    boolean interrupted = false;
    for (DecodingLoop loop : loops) {
      interrupted |= loop.end();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    List<Generation.Choice> left;
    synchronized (this) {
      left = List.copyOf(waiting);
      waiting.clear();
    }
    for (Generation.Choice choice : left) {
      choice.fail(ApiException.closing());
      choice.gone();
    }
  }
}
