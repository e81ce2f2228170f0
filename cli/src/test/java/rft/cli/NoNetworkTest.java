package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A training opens no socket, and DJL's usage report is off before DJL can send it. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
final class NoNetworkTest {
  private static final int EVERY_MILLIS = 10;

  @TempDir Path folder;

  @Test
  void noSocketBelongsToATraining() throws Exception {
    UserHome user = new UserHome(folder);
    int looks = 0;
    try (Background training = user.startTraining("--data=json", "--steps=4")) {
      while (training.isAlive()) {
        assertEquals(Set.of(), socketsOf(training.pid()), "sockets of the training");
        looks++;
        Thread.sleep(EVERY_MILLIS);
      }
      assertEquals(0, training.await().exitCode());
    }
    assertTrue(looks > 20, "only " + looks + " looks in the life of a training");
  }

  @Test
  void aSocketWouldBeSeen() throws Exception {
    long self = ProcessHandle.current().pid();
    int before = socketsOf(self).size();
    try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      assertEquals(before + 2, socketsOf(self).size(), tcp + " and " + udp.getLocalPort());
    }
  }

  /** Returns the lines of the kernel's tables whose sockets a process has open. */
  private static Set<String> socketsOf(long pid) throws IOException {
    Set<String> inodes = inodesOf(pid);
    Set<String> found = new HashSet<>();
    for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
      for (String line : lines(Path.of("/proc/" + pid + "/net/" + table))) {
        String[] columns = line.strip().split("\\s+");
        if (columns.length > 9 && inodes.contains(columns[9])) {
          found.add(table + " " + columns[1] + " " + columns[2]);
        }
      }
    }
    return found;
  }

  private static Set<String> inodesOf(long pid) throws IOException {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      for (Path descriptor : open.toList()) {
        String target = target(descriptor);
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    } catch (NoSuchFileException ended) {
      // The process ended while it was looked at.
    }
    return inodes;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException ended) {
      return List.of();
    }
  }

  @Test
  void theUsageReportIsOffBeforeTheFirstClassOfDjl() throws Exception {
    Path log = folder.resolve("classes");
    Launch.Outcome outcome =
        new UserHome(folder)
            .launch()
            .with("RFT_JAVA_OPTS", "-Xlog:class+init=info:file=" + log)
            .run("rollout", "--data=json", "--tasks=1", "--group-size=2");
    assertEquals(0, outcome.exitCode(), outcome.err());
    List<String> starts =
        Files.readAllLines(log).stream().filter(line -> line.contains("Initializing '")).toList();
    int djl = first(starts, "'ai/djl/");
    int switches =
        Math.min(first(starts, "'rft/policy/Devices'"), first(starts, "'rft/prompt/OfflineDjl'"));
    assertTrue(djl < starts.size(), "DJL was used");
    assertTrue(switches < djl, starts.get(djl));
    assertFalse(starts.isEmpty());
  }

  private static int first(List<String> lines, String part) {
    int line = 0;
    while (line < lines.size() && !lines.get(line).contains(part)) {
      line++;
    }
    return line;
  }
}
