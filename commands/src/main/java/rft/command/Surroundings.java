package rft.command;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a process sees of its machine: environment variables, system properties, programs.
 *
 * @param variables environment variables
 * @param properties Java's system properties
 */
record Surroundings(Map<String, String> variables, Map<String, String> properties) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_OUTPUT_BYTES = 1 << 16;

  Surroundings {
    variables = Map.copyOf(variables);
    properties = Map.copyOf(properties);
  }

  static Surroundings ofProcess() {
    Map<String, String> properties =
        System.getProperties().stringPropertyNames().stream()
            .collect(Collectors.toMap(name -> name, name -> System.getProperty(name, "")));
    return new Surroundings(System.getenv(), properties);
  }

  String variable(String name) {
    return variables.getOrDefault(name, "");
  }

  String property(String name) {
    return properties.getOrDefault(name, "");
  }

  boolean isWindows() {
    return property("os.name").startsWith("Windows");
  }

  /** Returns the folder of runs and settings: {@code RFT_HOME}, else {@code ~/.rft}. */
  Path home() {
    String named = variable("RFT_HOME");
    return named.isEmpty() ? Path.of(property("user.home"), ".rft") : Path.of(named);
  }

  /** Returns the first of these programs that is on the search path. */
  Optional<Path> program(String... names) {
    List<String> suffixes = isWindows() ? List.of(".exe", ".cmd", ".bat") : List.of("");
    return Stream.of(names)
        .flatMap(name -> suffixes.stream().map(suffix -> name + suffix))
        .flatMap(
            name ->
                Stream.of(variable("PATH").split(File.pathSeparator))
                    .filter(folder -> !folder.isEmpty())
                    .flatMap(folder -> file(folder, name).stream()))
        .findFirst();
  }

  private static Optional<Path> file(String folder, String name) {
    try {
      return Optional.of(Path.of(folder, name))
          .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path));
    } catch (InvalidPathException notAFolder) {
      return Optional.empty();
    }
  }

  /** Returns what a program prints, or empty if it fails or takes longer than ten seconds. */
  Optional<String> output(Path program, String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = program.toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Path printed = Files.createTempFile("rft", ".out");
      try {
        return run(command, printed) ? Optional.of(text(printed)) : Optional.empty();
      } finally {
        Files.deleteIfExists(printed);
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Writes to a file, not a pipe: a program that fills a pipe would wait until it is killed. */
  private static boolean run(String[] command, Path printed) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    try {
      process.getOutputStream().close();
      return process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      process.destroyForcibly();
    }
  }

  private static String text(Path printed) throws IOException {
    try (InputStream in = Files.newInputStream(printed)) {
      return new String(in.readNBytes(MOST_OUTPUT_BYTES), StandardCharsets.UTF_8).strip();
    }
  }
}
