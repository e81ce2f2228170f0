package rft.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.cell.CellError;
import rft.run.RunControl;
import rft.run.RunEvent;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunHome;
import rft.run.RunInputs;
import rft.run.RunWriter;
import rft.run.TrainOptions;
import rft.sandbox.NoSandboxException;
import rft.sandbox.Sandboxes;

final class RewardMagicTest {
  @TempDir Path home;
  private TestNotebook notebook;

  @BeforeEach
  void start() {
    notebook = new TestNotebook(home);
  }

  @AfterEach
  void close() {
    notebook.close();
  }

  @Test
  void aRewardIsATypedVariableThatOptionsTake() throws CellError {
    notebook.run("%%reward brief", "return completion.length() < 10 ? 1 : 0;");
    assertEquals("brief", notebook.run("RewardUnit unit = brief;", "unit.name()"));
    assertTrue(notebook.run("%objects").contains("RewardUnit"));
  }

  @Test
  void compileErrorsPointAtTheCellsOwnLines() {
    CellError error =
        notebook.fail(
            "// one", "%%reward bad", "double x = answr.length();", "  return completion.size();");
    assertEquals("CompileError", error.errorName());
    String plain = TestNotebook.plain(error);
    assertTrue(plain.contains("line 3, column 12: "), plain);
    assertTrue(plain.contains("  3 | double x = answr.length();\n                 ^"), plain);
    assertTrue(plain.contains("line 4, column 20: "), plain);
    assertTrue(
        plain.contains("  4 |   return completion.size();\n                         ^"), plain);
  }

  @Test
  void aVariableOfTheNotebookInARewardIsNamed() throws CellError {
    notebook.run("int limit = 3;");
    String plain =
        TestNotebook.plain(
            notebook.fail("%%reward shorter", "return completion.length() < limit;"));
    assertTrue(plain.contains("limit is a variable of the notebook"), plain);
    assertFalse(plain.contains("another cell"), plain);
  }

  @Test
  void anEmptyRewardShowsATemplateThatRuns() throws CellError {
    String template = notebook.run("%%reward fresh");
    assertTrue(template.startsWith("%%reward fresh\n"), template);
    notebook.run(template);
    assertEquals("fresh", notebook.run("fresh.name()"));
    notebook.run(notebook.run("%%reward"));
    assertEquals("mine", notebook.run("mine.name()"), "one without a name, too");
    CellError nameless = notebook.fail("%%reward", "return 1;");
    assertEquals(
        "%%reward needs a name behind it, for example %%reward mine", nameless.getMessage());
    CellError reserved = notebook.fail("%%reward int", "return 1;");
    assertTrue(reserved.getMessage().contains("word of the Java language"), reserved.getMessage());
  }

  @Test
  void aRewardIsSentToARunThatTrains() throws Exception {
    RunFolder folder = RunHome.standard().create("live");
    RunHeader header =
        new RunHeader(
            folder.id(),
            "live",
            Instant.parse("2026-11-24T21:30:12Z"),
            "0.1.0",
            TrainOptions.standard(RunInputs.onCpu("tiny-chat", "addition", "exact")),
            new RunHeader.DatasetInfo("ab".repeat(32), Map.of("train", 80)),
            new RunHeader.RewardInfo("exact", "cd".repeat(32)),
            null,
            new RunHeader.ModelInfo("tiny-chat", 900_000, "ef".repeat(32)),
            null,
            new RunHeader.Machine("17", "Linux", 2, "PyTorch"));
    try (RunWriter writer = RunWriter.create(folder, header)) {
      writer.event(RunEvent.Kind.STARTED, 0, "");
      notebook.run("%%reward brief --data addition --send " + folder.id(), "return 0.5;");
      assertEquals("brief", new RunControl(folder).takeReward().orElseThrow().name());
    }
    CellError over = notebook.fail("%%reward brief --send " + folder.id(), "return 0.5;");
    assertTrue(TestNotebook.plain(over).contains("no trainer works on it"));
  }

  @Test
  void wholeMethodsAreParts() throws CellError {
    notebook.run(
        "%%reward parts",
        "double correct(String completion, String answer) {",
        "  return completion.contains(answer) ? 1 : 0;",
        "}",
        "double brief(String completion) { return completion.length() < 20 ? 1 : 0; }");
    assertEquals("parts", notebook.run("parts.name()"));
  }

  @Test
  void aRewardIsScoredAtOnce() throws CellError {
    notebook.run("%%dataset sums", "question,answer", "What is 1 + 1?,2", "What is 2 + 2?,4");
    String table = notebook.run("%%reward exact --rows 2", "return completion.equals(answer);");
    assertTrue(table.contains("exact"), table);
    assertTrue(table.contains("2 with full marks"), table);
    assertTrue(notebook.run("%%reward?").contains("--rollouts"));
    String other = notebook.run("%score exact --data counting --rows 1");
    assertTrue(other.contains("exact"), other);
    notebook.run("var unit = %reward show exact");
  }

  @Test
  void aRewardThatThrowsOrHangsIsCountedRowByRow() throws CellError {
    String table =
        notebook.run(
            "%%reward odd --data addition --rows 2 --reward-seconds 0.2",
            "if (answer.length() > 0) throw new IllegalStateException(\"boom\"); return 1;");
    assertTrue(table.contains("boom"), table);
    table =
        notebook.run(
            "%%reward slow --data addition --rows 1 --reward-seconds 0.2",
            "Thread.sleep(60_000); return 1;");
    assertTrue(table.contains("slow"), table);
  }

  @Test
  void aRewardInPythonIsScoredAtOnceAndItsErrorsPointAtTheCell() throws Exception {
    requireSandbox();
    notebook.run("%%dataset sums", "question,answer", "What is 1 + 1?,2", "What is 2 + 2?,4");
    String table =
        notebook.run(
            "%%reward --python exact --rows 2",
            "def reward(completion, answer):", "    return completion == answer");
    assertTrue(table.contains("exact"), table);
    assertEquals("python", notebook.run("exact.language()"));
    assertEquals(
        "def reward(completion, answer):\n    return completion == answer",
        notebook.run("exact.source().strip()"));

    CellError error =
        notebook.fail("// one", "%%reward --python bad", "def reward(completion):", "  return (");
    String plain = TestNotebook.plain(error);
    assertEquals("CompileError", error.errorName());
    assertTrue(plain.contains("line 4, column 10: SyntaxError"), plain);
    assertTrue(plain.contains("  4 |   return ("), plain);
  }

  @Test
  void anEmptyRewardInPythonShowsATemplateThatRuns() throws Exception {
    requireSandbox();
    String template = notebook.run("%%reward --python fresh");
    assertTrue(template.startsWith("%%reward --python fresh\ndef reward("), template);
    notebook.run(template);
    assertEquals("fresh", notebook.run("fresh.name()"));
    assertTrue(notebook.run("%%reward --python").startsWith("%%reward --python mine\n"));
  }

  private static void requireSandbox() throws InterruptedException {
    try {
      Sandboxes.standard();
    } catch (NoSandboxException e) {
      if (System.getenv().getOrDefault("RFT_REQUIRE_PYTHON", "").equals("1")) {
        fail(e);
      }
      Assumptions.abort(e.getMessage());
    }
  }
}
