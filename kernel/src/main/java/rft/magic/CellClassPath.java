package rft.magic;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rft.cell.JavaSession;

/** What cells added to their class path beside the product's own jars, which always come first. */
final class CellClassPath {
  private static final Pattern VERSIONED = Pattern.compile("(.+?)-(\\d[^/]*)\\.jar");

  private final JavaSession java;
  private final Set<Path> added = new LinkedHashSet<>();

  CellClassPath(JavaSession java) {
    this.java = java;
  }

  /**
   * Adds files and folders.
   *
   * @return what was left out because the product has it in another version, in sentences
   */
  synchronized List<String> add(List<Path> paths) {
    List<String> conflicts = new ArrayList<>();
    for (Path path : paths) {
      Path place = path.toAbsolutePath().normalize();
      Optional<Path> own = ofProduct(place);
      if (own.isPresent()) {
        if (!name(own.get()).equals(name(place))) {
          conflicts.add(
              name(place) + " is left out: " + name(own.get()) + " comes with this kernel");
        }
      } else if (added.add(place)) {
        java.addToClassPath(place);
      }
    }
    return conflicts;
  }

  /** Returns what was added, in order. */
  synchronized List<Path> added() {
    return List.copyOf(added);
  }

  /** Returns the product's jar of the same artifact. */
  private static Optional<Path> ofProduct(Path jar) {
    Matcher wanted = VERSIONED.matcher(name(jar));
    if (!wanted.matches()) {
      return Optional.empty();
    }
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      Matcher own = VERSIONED.matcher(name(path));
      if (own.matches() && own.group(1).equals(wanted.group(1)) && Files.isRegularFile(path)) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
