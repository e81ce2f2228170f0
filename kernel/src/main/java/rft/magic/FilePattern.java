package rft.magic;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Files that a pattern with {@code *}, {@code **} and {@code ?} names. */
final class FilePattern {
  private FilePattern() {}

  /**
   * Returns the files and folders that fit, sorted.
   *
   * @throws IllegalArgumentException if it is no pattern
   */
  static List<Path> matches(String pattern) throws IOException {
    String wanted = expanded(pattern);
    int wildcard = indexOfWildcard(wanted);
    try {
      if (wildcard < 0) {
        Path file = Path.of(wanted);
        return Files.exists(file) ? List.of(file) : List.of();
      }
      int cut = wanted.lastIndexOf('/', wildcard) + 1;
      Path base = Path.of(cut == 0 ? "." : wanted.substring(0, cut));
      String rest = wanted.substring(cut);
      if (!Files.isDirectory(base)) {
        return List.of();
      }
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
      int depth = rest.contains("**") ? Integer.MAX_VALUE : rest.split("/").length;
      try (Stream<Path> files = Files.walk(base, depth)) {
        return files.filter(file -> matcher.matches(base.relativize(file))).sorted().toList();
      }
    } catch (InvalidPathException | PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "\"" + pattern + "\" is no path and no pattern: " + e.getMessage(), e);
    }
  }

  /** Returns the path with the user's folder in place of a leading tilde. */
  static String expanded(String path) {
    String home = System.getProperty("user.home", "");
    return path.equals("~") || path.startsWith("~/") ? home + path.substring(1) : path;
  }

  private static int indexOfWildcard(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("*?[{".indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }
}
