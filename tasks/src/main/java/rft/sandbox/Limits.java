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
 * @param outputBytes kept of each of standard output and standard error, and the longest answer of
 *     a worker; it is killed at ten times that
 */
public record Limits(
    Duration wallClock,
    Duration cpu,
    long memoryBytes,
    int processes,
    long fileBytes,
    long scratchBytes,
    int outputBytes) {
  public Limits {
    if (wallClock.isNegative() || wallClock.isZero() || cpu.isNegative() || cpu.isZero()) {
      throw new IllegalArgumentException(
          "time limits (" + wallClock + ", " + cpu + ") must be more than zero");
    }
    if (memoryBytes < 1
        || processes < 1
        || fileBytes < 1
        || scratchBytes < 1
        || outputBytes < 1
        || outputBytes > Integer.MAX_VALUE / 10) {
      throw new IllegalArgumentException(
          "limits must be more than zero: memory "
              + memoryBytes
              + ", processes "
              + processes
              + ", file "
              + fileBytes
              + ", scratch "
              + scratchBytes
              + ", output "
              + outputBytes);
    }
  }

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

  /** Returns the same with another address space; a JVM needs 16 GiB of it. */
  public Limits withMemory(long bytes) {
    return new Limits(wallClock, cpu, bytes, processes, fileBytes, scratchBytes, outputBytes);
  }

  /** Returns the same with another limit of what is printed and answered. */
  public Limits withOutput(int bytes) {
    return new Limits(wallClock, cpu, memoryBytes, processes, fileBytes, scratchBytes, bytes);
  }
}
