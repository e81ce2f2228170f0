package rft.magic;

/** Carries the wish that something running ends early: it saves what is done and returns. */
final class StopToken {
  private volatile boolean requested;

  /** Asks for the end. */
  void request() {
    requested = true;
  }

  boolean isRequested() {
    return requested;
  }
}
