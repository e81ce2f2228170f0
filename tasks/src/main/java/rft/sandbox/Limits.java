package rft.sandbox;

import java.time.Duration;

/**
 * What a command may use.
 *
 * @param wallClock time it may take; it is killed after it
 * @param cpu processor time of one process
 * @param memoryBytes address space of one process
 * @param processes processes and threads at once
 * @param fileBytes size of one file
 * @param scratchBytes size of all its files together
 * @param outputBytes kept of each of standard output and standard error; it is killed at ten times
 *     that
 */
public record Limits(
    Duration wallClock,
    Duration cpu,
    long memoryBytes,
    int processes,
    long fileBytes,
    long scratchBytes,
    int outputBytes) {
  /**
   * Returns 10 s, 10 s of processor, 1 GiB, 64 processes, 16 MiB files of 64 MiB, 64 KiB output.
   */
  public static Limits standard() {
    return new Limits(
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        1L << 30,
        64,
        16L << 20,
        64L << 20,
        64 << 10);
  }

  /** Returns the same with another time. */
  public Limits withTime(Duration time) {
    return new Limits(time, time, memoryBytes, processes, fileBytes, scratchBytes, outputBytes);
  }
}
