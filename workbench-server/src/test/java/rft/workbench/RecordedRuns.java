package rft.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The three recorded runs, for tests that need finished ones. */
final class RecordedRuns {
  static final Path FOLDER =
      Path.of(System.getProperty("rft.root", "..")).resolve("datasets/demo/runs");

  private RecordedRuns() {}

  /** Copies them into a home. */
  static void copyTo(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.toList()) {
        Path target = home.resolve("runs").resolve(FOLDER.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
