package rft.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cells that README.md shows run as they stand there, with fewer steps. */
@Tag("slow")
final class ReadmeTest {
  private static final String INDENT = "    ";

  @TempDir Path home;

  @Test
  void theCellsOfTheReadmeRun() throws Exception {
    List<String> cells = cells();
    assertEquals(3, cells.size(), cells.toString());
    try (TestNotebook notebook = new TestNotebook(home)) {
      notebook.run(cells.get(0));
      String tried = notebook.run(cells.get(1));
      assertTrue(tried.contains("8 of 8 with full marks"), tried);
      String compared = notebook.run(cells.get(2).replace("--steps 30", "--steps 5"));
      assertTrue(compared.contains("paired by task"), compared);
      assertEquals("5", notebook.run("run1.reader().lastStep()"));
    }
  }

  /** The indented block that begins with a magic, cut where a line is empty. */
  private static List<String> cells() throws Exception {
    String readme = Files.readString(Path.of(System.getProperty("rft.root")).resolve("README.md"));
    String from = readme.substring(readme.indexOf("\n" + INDENT + "%dataset") + 1);
    String block =
        from.lines()
            .takeWhile(line -> line.isEmpty() || line.startsWith(INDENT))
            .map(String::strip)
            .collect(Collectors.joining("\n"));
    return List.of(block.strip().split("\n\n"));
  }
}
