package rft.loop;

/**
 * Where a run stands after a whole step; random numbers need no state, because every draw is
 * addressed by its key.
 *
 * @param step last whole step, 0 before the first
 * @param updates optimizer updates applied so far
 * @param skippedInARow steps in a row, up to this one, whose update was skipped
 */
record Cursor(int step, int updates, int skippedInARow) {
  Cursor {
    if (step < 0 || updates < 0 || skippedInARow < 0) {
      throw new IllegalArgumentException("a cursor counts from 0");
    }
  }
}
