package rft.magic;

import java.time.Duration;

/** Carries the wish that something running ends early: it saves what is done and returns. */
final class StopToken {
  private volatile boolean requested;
  private volatile long lastAsked = System.nanoTime() - Duration.ofDays(1).toNanos();

  /** Asks for the end. */
  void request() {
    requested = true;
  }

  /** Returns whether the end is wanted; whoever runs asks this often. */
  boolean isRequested() {
    lastAsked = System.nanoTime();
    return requested;
  }

  /** Returns whether somebody asked not longer ago than this. */
  boolean wasAskedWithin(Duration time) {
    return System.nanoTime() - lastAsked < time.toNanos();
  }
}
