package rft.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.command.Progress;

/** Notebooks run by a real kernel process. */
@Tag("slow")
final class NotebookRunTest {
  private static final String LATE =
      """
      Thread later = new Thread(() -> {
        try { Thread.sleep(300); } catch (InterruptedException e) { return; }
        System.out.println("late");
      });
      later.start();\
      """;

  @TempDir Path folder;
  private Path file = Path.of("");
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("n.ipynb");
  }

  @Test
  void whatCellsShowIsSavedWithTheirNumbers() throws Exception {
    write("for (int i = 0; i < 100; i++) System.out.println(i);", "", LATE, "later.join(); 6 * 7");
    NotebookOutcome outcome = run();
    assertEquals(ExitCode.OK, outcome.exitCode(), outcome.text().orElse(""));
    assertEquals(file, outcome.saved());
    List<CodeCell> cells = saved().codeCells();
    assertEquals(1, cells.get(0).outputs().size());
    assertTrue(text(cells.get(0)).endsWith("98\n99\n"), text(cells.get(0)));
    assertTrue(cells.get(1).outputs().isEmpty());
    assertEquals("late\n", text(cells.get(2)));
    JsonNode result = cells.get(3).outputs().path(0);
    assertEquals("execute_result", result.path("output_type").asText());
    assertEquals("42", result.at("/data/text~1plain").asText());
    assertEquals(3, result.path("execution_count").asInt());
    assertEquals(3, cells.get(3).tree().path("execution_count").asInt());
    assertEquals(3, said.size(), said.toString());
  }

  @Test
  void theFirstErrorStopsTheRunAndLeavesTheFile() throws Exception {
    String before = write("1", "int[] a = {};\na[1]", "System.out.println(\"not reached\");");
    NotebookOutcome outcome = run();
    assertEquals(ExitCode.FAILED, outcome.exitCode());
    assertNull(outcome.saved());
    NotebookOutcome.Failure failure = outcome.failure();
    assertNotNull(failure);
    assertEquals(2, failure.cell());
    assertEquals("ArrayIndexOutOfBoundsException", failure.error());
    assertTrue(outcome.problem().orElse("").contains("cell 2"), outcome.toString());
    assertTrue(outcome.text().orElse("").contains("int[] a = {};"), outcome.toString());
    assertTrue(failure.traceback().stream().noneMatch(line -> line.contains("\u001b")));
    assertEquals(before, Files.readString(file));
  }

  @Test
  void aFailedRunIsSavedWhereAFileForItIsNamed() throws Exception {
    write("1", "throw new IllegalStateException(\"x\");", "2");
    Path output = folder.resolve("out.ipynb");
    NotebookOutcome outcome = run("--output", output.toString());
    assertEquals(ExitCode.FAILED, outcome.exitCode());
    List<CodeCell> cells = Notebook.parse(Files.readString(output), "out").codeCells();
    assertEquals("error", cells.get(1).outputs().path(0).path("output_type").asText());
    assertTrue(cells.get(2).outputs().isEmpty());
  }

  @Test
  void aFileThatIsThereIsReplacedOnlyIfForced() throws Exception {
    write("1");
    Path output = Files.writeString(folder.resolve("out.ipynb"), "my work");
    CommandException refused =
        assertThrows(CommandException.class, () -> run("--output", output.toString()));
    assertEquals(output + " is already there; add --force to replace it", refused.getMessage());
    assertEquals("my work", Files.readString(output));
    run("--output", output.toString(), "--force");
    assertEquals(1, Notebook.parse(Files.readString(output), "out").codeCells().size());
  }

  @Test
  void aCellThatMayFailShowsItsErrorAndTheRunGoesOn() throws Exception {
    Files.writeString(
        file,
        Cells.file(Cells.cell("int a = b;", "raises-exception") + "," + Cells.cell("6 * 7", "")));
    assertEquals(ExitCode.OK, run().exitCode());
    List<CodeCell> cells = saved().codeCells();
    assertEquals("error", cells.get(0).outputs().at("/0/output_type").asText());
    assertEquals("42", cells.get(1).outputs().at("/0/data/text~1plain").asText());
  }

  @Test
  void aKernelThatDiesIsNamedWithItsCellAndTheFileStays() throws Exception {
    String before = write("1", "Runtime.getRuntime().halt(7);");
    CommandException e = assertThrows(CommandException.class, this::run);
    assertTrue(String.valueOf(e.getMessage()).startsWith("cell 2 lost its kernel"), e.getMessage());
    assertTrue(e.getMessage().contains("the kernel ended with code 7"), e.getMessage());
    assertEquals(before, Files.readString(file));
  }

  @Test
  void aParameterIsReplacedAndKeepsItsType() throws Exception {
    Files.writeString(
        file,
        Cells.file(
            Cells.cell("long steps = 5;\nString task = \"a\";", "parameters")
                + ","
                + Cells.cell("task + steps", "")));
    run("--set", "steps=7", "--set", "task=b \"c\"");
    CodeCell last = saved().codeCells().get(2);
    assertTrue(last.outputs().toString().contains("b \\\"c\\\"7"), last.outputs().toString());
  }

  @Test
  void checkingFindsWhatIsStaleAndSavesNothing() throws Exception {
    write("System.out.println(\"took \" + System.nanoTime() % 1000 + \" ms\");", "1 + 1");
    run();
    NotebookOutcome checked = run("--check");
    assertEquals(ExitCode.OK, checked.exitCode());
    assertTrue(checked.text().orElse("").contains("the same processor"), checked.toString());
    String stale = Files.readString(file).replace("1 + 1", "1 + 2");
    Files.writeString(file, stale);
    NotebookOutcome outcome = run("--check");
    assertEquals(ExitCode.FAILED, outcome.exitCode());
    assertEquals(1, outcome.differences().size());
    assertEquals(
        List.of("  text/plain, line 1", "- 2", "+ 3"),
        outcome.differences().get(0).lines().stream()
            .filter(line -> !line.contains("html") && !line.contains("<"))
            .toList());
    assertEquals(stale, Files.readString(file));
  }

  @Test
  void checkingWhatAnotherProcessorMadeComparesWords() throws Exception {
    write("\"mean reward \" + 0.5", "1 + 1");
    run();
    String key = saved().madeOn().key();
    String elsewhere = Files.readString(file).replace(key, "another").replace("0.5", "0.6");
    Files.writeString(file, elsewhere.replace("+ 0.6", "+ 0.5"));
    NotebookOutcome outcome = run("--check");
    assertEquals(ExitCode.OK, outcome.exitCode(), outcome.toString());
    assertTrue(outcome.text().orElse("").contains("compared by their words"), outcome.toString());
    Files.writeString(file, elsewhere.replace("mean reward 0.6", "mean pay 0.6"));
    assertEquals(1, run("--check").differences().size());
  }

  @Test
  void aCellThatTakesTooLongIsInterrupted() throws Exception {
    write("while (true);");
    CommandException refused = assertThrows(CommandException.class, () -> run("--timeout", "0.5"));
    assertTrue(refused.getMessage().contains("cell 1 took longer than 0.5 s"));
    assertEquals(List.of(), said);
  }

  @Test
  void whoeverStopsItGetsTheExitCodeOfAnInterrupt() throws Exception {
    String before = write("Thread.sleep(60_000);");
    NotebookRun verb = verb();
    CommandException stopped =
        assertThrows(CommandException.class, () -> verb.run(TestKernel.launch(), progress(true)));
    assertEquals(ExitCode.INTERRUPTED, stopped.exitCode());
    assertEquals(before, Files.readString(file));
  }

  @Test
  void aNotebookThatIsNotThereNamesTheNearest() throws Exception {
    Files.writeString(folder.resolve("study.ipynb"), Cells.text("1"));
    file = folder.resolve("stduy.ipynb");
    CommandException missing = assertThrows(CommandException.class, this::run);
    assertEquals(ExitCode.NOT_FOUND, missing.exitCode());
    assertTrue(missing.getMessage().contains("did you mean study.ipynb?"), missing.getMessage());
  }

  private String write(String... sources) throws Exception {
    String text = Cells.text(sources);
    Files.writeString(file, text);
    return text;
  }

  private NotebookOutcome run(String... options) throws Exception {
    return verb(options).run(TestKernel.launch(), progress(false));
  }

  private NotebookRun verb(String... options) {
    NotebookRun verb = new NotebookRun();
    new CommandLine(verb)
        .parseArgs(
            Stream.concat(Stream.of(file.toString()), Stream.of(options)).toArray(String[]::new));
    return verb;
  }

  private Notebook saved() throws Exception {
    return Notebook.parse(Files.readString(file), "n");
  }

  private static String text(CodeCell cell) {
    return cell.outputs().path(0).path("text").asText();
  }

  private Progress progress(boolean stop) {
    return new Progress() {
      @Override
      public void report(Update update) {}

      @Override
      public void say(String sentence) {
        said.add(sentence);
      }

      @Override
      public boolean stopRequested() {
        return stop;
      }
    };
  }
}
