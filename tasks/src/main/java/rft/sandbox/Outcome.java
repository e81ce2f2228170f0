package rft.sandbox;

import java.time.Duration;

/**
 * How a command ended.
 *
 * @param ending why
 * @param exitCode its exit code; 128 and more after a signal; meaningful only if it exited
 * @param output its standard output, cut at the limit
 * @param errors its standard error, cut at the limit
 * @param time wall time
 */
public record Outcome(Ending ending, int exitCode, String output, String errors, Duration time) {
  /** Why a command ended. */
  public enum Ending {
    /** By itself. */
    EXITED,
    /** It was killed at its time limit. */
    TIMED_OUT,
    /** It was killed because it printed without end. */
    OUTPUT_LIMIT
  }
}
