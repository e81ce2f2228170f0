package rft.memory;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rft.policy.Devices;
import rft.policy.ModelConfig;
import rft.policy.Precision;

/**
 * The memory that a device has left for a model.
 *
 * @param device {@code cpu} or {@code cuda:N}
 * @param bytes that can be taken now
 */
public record FreeMemory(String device, long bytes) {
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final Path CONTROL_GROUP = Path.of("/sys/fs/cgroup");
  private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");
  private static final Pattern INACTIVE = Pattern.compile("inactive_file (\\d+)");

  /**
   * Returns what a device has left. Of this machine that is what Linux says can be taken without
   * swapping, or the rest of what a container allows where that is less; elsewhere what the Java
   * platform says is free.
   *
   * @throws IllegalArgumentException if it is a GPU that the machine lacks
   */
  public static FreeMemory of(String device) {
    if (device.startsWith("cuda")) {
      MemoryUsage gpu = Devices.memory(device);
      return new FreeMemory(device, gpu.getMax() - gpu.getUsed());
    }
    return new FreeMemory("cpu", ofThisMachine(MEMINFO, CONTROL_GROUP));
  }

  static long ofThisMachine(Path meminfo, Path controlGroup) {
    OptionalLong linux = number(meminfo, AVAILABLE);
    if (linux.isEmpty()) {
      return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getFreeMemorySize();
    }
    long available = linux.getAsLong() << 10;
    OptionalLong most = number(controlGroup.resolve("memory.max"), Pattern.compile("(\\d+)"));
    OptionalLong used = number(controlGroup.resolve("memory.current"), Pattern.compile("(\\d+)"));
    if (most.isEmpty() || used.isEmpty()) {
      return available;
    }
    // Pages of files that nobody reads any more are given back when memory is asked for.
    long givenBack = number(controlGroup.resolve("memory.stat"), INACTIVE).orElse(0);
    return Math.min(available, most.getAsLong() - used.getAsLong() + givenBack);
  }

  private static OptionalLong number(Path file, Pattern pattern) {
    try {
      Matcher number = pattern.matcher(Files.readString(file));
      return number.find()
          ? OptionalLong.of(Long.parseLong(number.group(1)))
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Refuses a model whose weights and tables of positions alone are larger than this, with the
   * ordered copy of weights where this processor samples with one.
   *
   * @param folder named in the message
   * @throws IllegalArgumentException with both numbers
   */
  public void require(ModelConfig model, Precision precision, Path folder) {
    boolean packs = Devices.packs(model, precision, device);
    long need =
        MemoryNeed.weights(model, precision.bytes()) * (packs ? 2 : 1) + MemoryNeed.tables(model);
    if (need > bytes) {
      throw new IllegalArgumentException(
          "%s takes %s in memory (%,d weights of %d bytes%s, tables of %,d positions), and %s has %s left: free some, or take a smaller model"
              .formatted(
                  folder,
                  text(need),
                  model.parameters(),
                  precision.bytes(),
                  packs ? ", a copy ordered for this processor" : "",
                  model.maxPositions(),
                  device.equals("cpu") ? "this machine" : device,
                  text(bytes)));
    }
  }

  /** Returns a number of bytes as people read it, in units of 1000. */
  public static String text(long bytes) {
    return bytes < 1_000_000_000
        ? "%.1f MB".formatted(bytes / 1e6)
        : "%.2f GB".formatted(bytes / 1e9);
  }
}
