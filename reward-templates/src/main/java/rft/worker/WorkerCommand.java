package rft.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import rft.reward.GroupReward;
import rft.run.VerdictJson;

/** How a worker is started. */
final class WorkerCommand {
  private static final Path BUILT = Path.of("rft-reward-templates", "rft-reward-templates.jar");

  private WorkerCommand() {}

  static ProcessBuilder of(Path jar) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // What does not fit is the reward's fault: it must not take the machine's memory with it.
    command.add("-Xmx512m");
    command.add("-XX:+ExitOnOutOfMemoryError");
    // Every time-out costs a start, and few rewards run for long enough to need more.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add("-Xlog:disable");
    command.add("-Dfile.encoding=UTF-8");
    String root = System.getProperty("rft.root");
    if (root != null) {
      command.add("-Drft.root=" + root);
    }
    command.addAll(List.of("-cp", classPath(), RewardWorker.class.getName(), jar.toString()));
    return new ProcessBuilder(command);
  }

  /**
   * Returns what a worker sees: this module and those below it, Jackson, and the libraries of this
   * module. Those lie beside its jar in a built product; in development they are somewhere among
   * what this process sees.
   */
  static String classPath() {
    Path own = origin(RewardWorker.class);
    Set<String> entries = new LinkedHashSet<>();
    Stream.of(
            RewardWorker.class,
            VerdictJson.class,
            GroupReward.class,
            JsonNode.class,
            JsonParser.class,
            JsonInclude.class)
        .forEach(type -> entries.add(origin(type).toString()));
    if (own.endsWith(BUILT)) {
      jarsBeside(own).forEach(jar -> entries.add(jar.toString()));
    } else {
      entries.addAll(List.of(System.getProperty("java.class.path").split(File.pathSeparator)));
    }
    return String.join(File.pathSeparator, entries);
  }

  private static List<Path> jarsBeside(Path jar) {
    try (Stream<Path> files = Files.list(jar.resolveSibling(""))) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the jars beside " + jar, e);
    }
  }

  private static Path origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the jar of " + type + " has no place", e);
    }
  }
}
