package rft.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import rft.command.Progress;

/** The notebooks that ship: each runs from top to bottom, here with fewer steps. */
@Tag("slow")
final class NotebooksOfTheProductTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("rft.root", "..")).resolve("notebooks");
  private static final Pattern PARAMETER = Pattern.compile("(?m)^int (\\w+) = \\d+;$");

  @TempDir Path folder;

  static List<Path> notebooks() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void runsFromTopToBottom(Path file) throws Exception {
    List<String> arguments = new ArrayList<>();
    for (String name : parameters(file)) {
      arguments.add("--set=" + name + "=5");
    }
    arguments.add("--output=" + folder.resolve("out.ipynb"));
    arguments.add(file.toString());
    NotebookRun run = new NotebookRun();
    new CommandLine(run).parseArgs(arguments.toArray(String[]::new));
    NotebookOutcome outcome = run.run(TestKernel.launch(), Progress.SILENT);
    assertEquals(null, outcome.failure(), String.valueOf(outcome.failure()));
    assertTrue(outcome.cells() > 5, outcome.toString());
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void isCommittedWithWhatItShows(Path file) throws IOException {
    Notebook notebook = Notebook.parse(Files.readString(file), file.toString());
    int last = 0;
    for (CodeCell cell : notebook.codeCells()) {
      int count = cell.tree().path("execution_count").asInt();
      assertEquals(last + 1, count, file + ", cell " + cell.number() + " was not run in order");
      last = count;
      for (JsonNode output : cell.outputs()) {
        boolean error = output.path("output_type").asText().equals("error");
        assertFalse(error && !cell.hasTag("raises-exception"), file + ", cell " + cell.number());
      }
    }
  }

  private static List<String> parameters(Path file) throws IOException {
    Notebook notebook = Notebook.parse(Files.readString(file), file.toString());
    List<String> names = new ArrayList<>();
    for (CodeCell cell : notebook.codeCells()) {
      Matcher declared = PARAMETER.matcher(cell.hasTag("parameters") ? cell.source() : "");
      while (declared.find()) {
        names.add(declared.group(1));
      }
    }
    return names;
  }
}
