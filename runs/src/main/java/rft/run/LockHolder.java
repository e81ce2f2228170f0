package rft.run;

import java.time.Instant;

/**
 * The process that trains a run, as it wrote itself down.
 *
 * @param pid its number
 * @param start when it started, in a form that only equality is asked of
 * @param since when it took the run
 */
record LockHolder(long pid, String start, Instant since) {
  boolean isAlive() {
    return new ProcessIdentity(pid, start).isAlive();
  }
}
