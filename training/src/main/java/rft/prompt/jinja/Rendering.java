package rft.prompt.jinja;

import java.time.Clock;
import java.time.Duration;

/** What one rendering has used so far, and its clock. */
final class Rendering {
  private static final int CHECK_TIME_EVERY = 64;

  private final Clock clock;
  private final Duration maxTime;
  private final long start = System.nanoTime();
  private int steps;
  private int depth;

  Rendering(Clock clock, Duration maxTime) {
    this.clock = clock;
    this.maxTime = maxTime;
  }

  Clock clock() {
    return clock;
  }

  /** Counts one evaluation; {@link #leave} ends it. */
  void enter() {
    depth++;
    if (depth > Limits.MAX_DEPTH) {
      throw new JinjaException(
          "nested more than " + Limits.MAX_DEPTH + " deep: a macro may be calling itself");
    }
    if (++steps > Limits.MAX_STEPS) {
      throw new JinjaException("the template takes more than " + Limits.MAX_STEPS + " steps");
    }
    if (steps % CHECK_TIME_EVERY == 0 && System.nanoTime() - start > maxTime.toNanos()) {
      throw new JinjaException(
          "the template takes more than " + maxTime.toMillis() + " milliseconds");
    }
  }

  void leave() {
    depth--;
  }
}
