package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The built tree holds the jars that docs/dependencies.md names, each where it says. */
@Tag("slow")
final class ShippedTreeTest {
  private static final Path ROOT = Path.of(System.getProperty("rft.root", ".."));
  private static final Path LIB = ROOT.resolve("target/lib");
  private static final Pattern ROW =
      Pattern.compile("\\| ([a-z-]+) \\| ([\\w.-]+) \\| ([\\w.-]+) \\| [^|]+ \\| [^|]+ \\|");

  /** Every module that is built, in the order of the build. */
  static final List<String> MODULES =
      List.of(
          "tasks",
          "runs",
          "reward-templates",
          "training",
          "commands",
          "web",
          "serving",
          "workbench-server",
          "kernel",
          "cli");

  @Test
  void everyShippedJarHasItsLineInTheDocs() throws IOException {
    TreeSet<String> documented = new TreeSet<>();
    Matcher row = ROW.matcher(Files.readString(ROOT.resolve("docs/dependencies.md")));
    while (row.find()) {
      if (MODULES.contains(row.group(1))) {
        documented.add(row.group(1) + "/" + row.group(2) + "-" + row.group(3));
      }
    }
    TreeSet<String> shipped = new TreeSet<>();
    for (String module : MODULES) {
      jars(module)
          .filter(jar -> !jar.startsWith("rft-"))
          .forEach(j -> shipped.add(module + "/" + j));
    }
    assertEquals(documented, shipped);
  }

  @Test
  void everyModuleHasItsOwnJar() throws IOException {
    for (String module : MODULES) {
      assertTrue(jars(module).anyMatch(jar -> jar.equals("rft-" + module)), module);
    }
  }

  /** Returns the names without the ending, and without the platform that PyTorch's jar names. */
  private static Stream<String> jars(String module) throws IOException {
    try (Stream<Path> files = Files.list(LIB.resolve("rft-" + module))) {
      return files
          .map(file -> file.getFileName().toString())
          .map(name -> name.replaceFirst("(-(linux|osx|win)-\\w+)?\\.jar$", ""))
          .toList()
          .stream();
    }
  }
}
