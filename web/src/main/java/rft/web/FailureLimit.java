package rft.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/** Counts failed tries of the last minute, so that a guesser is slowed down. */
public final class FailureLimit {
  /** Failures of a minute that are answered as such; the next is one too many. */
  static final int MOST = 10;

  static final Duration WINDOW = Duration.ofMinutes(1);

  private final ArrayDeque<Instant> failures = new ArrayDeque<>();
  private final Clock clock;

  /** Counts from now on. */
  public FailureLimit() {
    this(Clock.systemUTC());
  }

  FailureLimit(Clock clock) {
    this.clock = clock;
  }

  /** Returns true if there were too many. */
  public synchronized boolean isReached() {
    Instant oldest = clock.instant().minus(WINDOW);
    while (!failures.isEmpty() && failures.getFirst().isBefore(oldest)) {
      failures.removeFirst();
    }
    return failures.size() >= MOST;
  }

  /** Counts one more. */
  public synchronized void add() {
    if (!isReached()) {
      failures.addLast(clock.instant());
    }
  }
}
