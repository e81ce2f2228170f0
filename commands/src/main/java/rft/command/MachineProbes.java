package rft.command;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rft.policy.Precision;

/** Looks at the machine: platform, cores, memory, disk. */
final class MachineProbes {
  private static final double GIB = 1L << 30;
  private static final double LEAST_MEMORY_GIB = 2;
  private static final double LEAST_DISK_GIB = 1;

  /** The platforms for which PyTorch's native libraries lie on Maven Central. */
  private static final Set<String> PLATFORMS =
      Set.of("linux amd64", "linux aarch64", "mac aarch64", "windows amd64");

  private final Surroundings surroundings;

  MachineProbes(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  List<Probe> all() {
    return List.of(this::platform, MachineProbes::cores, MachineProbes::memory, this::disk);
  }

  private Finding platform() {
    String name = surroundings.property("os.name");
    String arch = surroundings.property("os.arch");
    String found = name + " " + arch;
    String system = name.split(" ")[0].toLowerCase(Locale.ROOT);
    String machine = arch.equals("x86_64") ? "amd64" : arch;
    return PLATFORMS.contains(system + " " + machine)
        ? Finding.ok("Platform", found)
        : Finding.fail(
            "Platform",
            found + ", for which there is no PyTorch library; datasets, rewards and runs work",
            "train on Linux (x86_64, aarch64), macOS (Apple silicon) or Windows (x86_64)");
  }

  private static Finding cores() {
    int cores = Runtime.getRuntime().availableProcessors();
    return cores > 1
        ? Finding.ok(
            "Processor",
            cores
                + " cores; large models are fastest with --precision "
                + Precision.fastestOnCpu().text())
        : Finding.warn("Processor", "1 core", "give the machine a second core: training uses two");
  }

  private static Finding memory() {
    double gib =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize() / GIB;
    String found = String.format(Locale.ROOT, "%.1f GiB", gib);
    return gib >= LEAST_MEMORY_GIB
        ? Finding.ok("Memory", found)
        : Finding.warn("Memory", found, "give the machine 2 GiB or more: the JVM may be killed");
  }

  private Finding disk() {
    Path home = surroundings.home();
    Path existing = existing(home);
    try {
      double gib = Files.getFileStore(existing).getUsableSpace() / GIB;
      String found = String.format(Locale.ROOT, "%.1f GiB free at %s", gib, home);
      if (!Files.isWritable(existing)) {
        return Finding.fail(
            "RFT_HOME", "no right to write to " + existing, "set RFT_HOME to a folder of yours");
      }
      return gib >= LEAST_DISK_GIB
          ? Finding.ok("RFT_HOME", found)
          : Finding.warn("RFT_HOME", found, "free some space, or set RFT_HOME to a larger disk");
    } catch (IOException e) {
      return Finding.fail(
          "RFT_HOME", existing + " cannot be read", "set RFT_HOME to a folder of yours");
    }
  }

  /** Returns the folder, or its nearest parent that exists. */
  private static Path existing(Path folder) {
    @Nullable Path path = folder.toAbsolutePath();
    while (path != null && !Files.exists(path)) {
      path = path.getParent();
    }
    return path == null ? Path.of("").toAbsolutePath() : path;
  }
}
