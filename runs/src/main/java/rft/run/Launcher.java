package rft.run;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words that start {@code rft}. A built product starts by its script, as a user does, which
 * puts on the class path what the verb needs; a development tree starts as this process did. The
 * system property {@code rft.launcher} replaces both: its words, a line each.
 */
final class Launcher {
  private static final Path BUILT = Path.of("rft-runs", "rft-runs.jar");
  private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

  private Launcher() {}

  /** Returns the whole command, the arguments last. */
  static List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(prefix());
    command.addAll(arguments);
    return command;
  }

  private static List<String> prefix() {
    String given = System.getProperty("rft.launcher");
    if (given != null) {
      return Arrays.asList(given.split("\n"));
    }
    String root = System.getProperty("rft.root");
    if (root != null && origin().endsWith(BUILT)) {
      String script = Path.of(root, WINDOWS ? "rft.cmd" : "rft").toAbsolutePath().toString();
      return WINDOWS ? List.of("cmd.exe", "/c", script) : List.of(script);
    }
    return likeThisProcess(root);
  }

  private static List<String> likeThisProcess(@Nullable String root) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:+UseSerialGC", "-Xlog:disable", "-Dfile.encoding=UTF-8"));
    words.add("-Drft.root=" + Path.of(root == null ? "" : root).toAbsolutePath());
    words.addAll(List.of("-Drft.terminals=", "-cp", classPath(), "rft.cli.Main"));
    return words;
  }

  /** Returns absolute entries: a child may run in any folder. */
  private static String classPath() {
    String own = System.getProperty("surefire.test.class.path");
    String entries = own == null ? System.getProperty("java.class.path", "") : own;
    return Arrays.stream(entries.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .distinct()
        .reduce((a, b) -> a + File.pathSeparator + b)
        .orElse("");
  }

  private static Path origin() {
    try {
      return Path.of(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the jar of this class has no place", e);
    }
  }
}
