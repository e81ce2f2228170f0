package rft.magic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Adds files of this machine to the class path of cells. */
final class ClassPathMagics {
  private ClassPathMagics() {}

  /** Adds jars. */
  @Command(
      name = "jars",
      description = "Add jars to the class path of cells; a folder stands for the jars in it.",
      footer = "  %jars lib/*.jar")
  static final class Jars implements CellCommand {
    @Parameters(arity = "1..*", paramLabel = "PATTERN", description = "Files; * and ** fit any.")
    private List<String> patterns = new ArrayList<>();

    Jars() {}

    @Override
    public Optional<Object> run(MagicCall call) throws IOException {
      List<Path> jars = new ArrayList<>();
      for (String pattern : patterns) {
        List<Path> found = new ArrayList<>();
        for (Path match : matches(call, pattern)) {
          String inside = match.toString().replace('\\', '/') + "/*.jar";
          found.addAll(Files.isDirectory(match) ? FilePattern.matches(inside) : List.of(match));
        }
        found.removeIf(path -> !path.toString().endsWith(".jar"));
        require(call, pattern, found, "jar");
        jars.addAll(found);
      }
      return add(call, jars);
    }
  }

  /** Adds anything. */
  @Command(
      name = "classpath",
      description = "Add folders of classes, or jars, to the class path of cells.",
      footer = "  %classpath build/classes")
  static final class Paths implements CellCommand {
    @Parameters(arity = "1..*", paramLabel = "PATTERN", description = "Files; * and ** fit any.")
    private List<String> patterns = new ArrayList<>();

    Paths() {}

    @Override
    public Optional<Object> run(MagicCall call) throws IOException {
      List<Path> paths = new ArrayList<>();
      for (String pattern : patterns) {
        List<Path> found = matches(call, pattern);
        require(call, pattern, found, "file or folder");
        paths.addAll(found);
      }
      return add(call, paths);
    }
  }

  private static List<Path> matches(MagicCall call, String pattern) throws IOException {
    try {
      return FilePattern.matches(pattern);
    } catch (IllegalArgumentException e) {
      throw call.wrong(pattern, "BadValue", String.valueOf(e.getMessage()));
    }
  }

  private static void require(MagicCall call, String pattern, List<Path> found, String what) {
    if (found.isEmpty()) {
      throw call.wrong(
          pattern,
          "UnknownFile",
          "no "
              + what
              + " fits \""
              + pattern
              + "\" (looked in "
              + Path.of("").toAbsolutePath()
              + ")");
    }
  }

  private static Optional<Object> add(MagicCall call, List<Path> paths) {
    List<String> conflicts = call.state().classPath().add(paths);
    conflicts.forEach(conflict -> call.output().display(new DisplayData(conflict)));
    return Optional.empty();
  }
}
