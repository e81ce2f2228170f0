package rft.magic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files that begin as what was typed. */
final class PathNames {
  private static final int MOST = 200;

  private PathNames() {}

  /** Returns the files and folders, written as the user began; hidden ones only if asked for. */
  static List<String> startingWith(String typed) {
    int cut = typed.lastIndexOf('/') + 1;
    String folder = typed.substring(0, cut);
    String start = typed.substring(cut);
    try {
      Path place = Path.of(FilePattern.expanded(folder.isEmpty() ? "." : folder));
      if (!Files.isDirectory(place)) {
        return List.of();
      }
      try (Stream<Path> files = Files.list(place)) {
        return files
            .map(file -> file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
            .filter(name -> name.startsWith(start))
            .filter(name -> !name.startsWith(".") || start.startsWith("."))
            .sorted()
            .limit(MOST)
            .map(name -> folder + name)
            .toList();
      }
    } catch (IOException | InvalidPathException e) {
      return List.of();
    }
  }

  /** Returns whether an option takes a path, as its label says. */
  static boolean isPathLabel(String label) {
    return label.matches(".*(FILE|DIR|PATH|FOLDER|PATTERN).*");
  }
}
