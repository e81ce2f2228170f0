package rft.prompt.jinja;

import java.time.Clock;

/** What one rendering has used so far, and its clock. */
final class Rendering {
  private final Clock clock;
  private int steps;
  private int depth;

  Rendering(Clock clock) {
    this.clock = clock;
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
  }

  void leave() {
    depth--;
  }
}
