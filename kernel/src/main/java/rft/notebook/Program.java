package rft.notebook;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program that runs to its end and writes what it prints to a file.
 *
 * @param command program and arguments
 * @param log what it prints is appended here
 */
record Program(List<String> command, Path log) {
  private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");
  private static final int LAST_LINES = 4;

  Program {
    command = List.copyOf(command);
  }

  /** Returns the first program of these names on the search path. */
  static Optional<Path> find(String searchPath, String... names) {
    return Stream.of(names)
        .flatMap(name -> WINDOWS ? Stream.of(name + ".exe", name + ".cmd") : Stream.of(name))
        .flatMap(
            name ->
                Stream.of(searchPath.split(File.pathSeparator))
                    .filter(folder -> !folder.isEmpty())
                    .flatMap(folder -> executable(folder, name).stream()))
        .findFirst();
  }

  private static Optional<Path> executable(String folder, String name) {
    try {
      return Optional.of(Path.of(folder, name).toAbsolutePath())
          .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path));
    } catch (InvalidPathException notAFolder) {
      return Optional.empty();
    }
  }

  /** Returns whether it ended well. Ended early when the thread is interrupted. */
  boolean run() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      process.getOutputStream().close();
      return process.waitFor() == 0;
    } finally {
      process.destroy();
    }
  }

  /** Returns the last lines of what it printed, joined by slashes. */
  String lastWords() throws IOException {
    String printed = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    List<String> lines = printed.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    return String.join(" / ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }
}
