package rft.health;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Steps in a row during which something held.
 *
 * @param since first step
 * @param last last step so far
 * @param lasts whether it still held at the last step of the run
 */
record Spell(int since, int last, boolean lasts) {
  /** Returns the last step if it is over, else null. */
  @Nullable Integer until() {
    return lasts ? null : last;
  }

  /** Returns its first and its last step. */
  List<Integer> ends() {
    return since == last ? List.of(since) : List.of(since, last);
  }
}
