package rft.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.cell.CellError;
import rft.cell.Completeness;

final class NotebookInterpreterTest {
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
  void partsRunInOrderAndTheLastValueIsShown() throws CellError {
    assertEquals("6", notebook.run("int a = 2;", "%params b=3", "a * b"));
    assertEquals("", notebook.run("a;", "%xmode plain"));
    assertEquals("3", notebook.run("a + 4", "%b"));
  }

  @Test
  void aVariableTakesTheTypedValueOfAMagic() throws CellError {
    notebook.run("var data = %dataset show addition --limit 2");
    assertEquals("true", notebook.run("data.tasks().size() > 100"));
    notebook.run("%dataset load addition --as loaded");
    assertEquals("addition", notebook.run("loaded.name()"));
    notebook.run("Dataset other;", "other = %dataset show counting");
    assertEquals("counting", notebook.run("other.name()"));
    notebook.run("RunsList.Runs runs = %runs");
    assertEquals("0", notebook.run("runs.runs().size()"));
    CellError wrong = notebook.fail("String text = %dataset show addition");
    assertEquals("ClassCastException", wrong.errorName());
    assertEquals("NoValue", notebook.fail("var x = %xmode plain").errorName());
  }

  @Test
  void aResultGetsAName() throws CellError {
    notebook.run("%dataset show addition --limit 2 --as data");
    assertEquals("addition", notebook.run("data.name()"));
    String objects = notebook.run("%objects");
    assertTrue(objects.contains("data") && objects.contains("Dataset"), objects);
    notebook.run("int two = %time 1 + 1");
    assertFalse(notebook.run("%whos").contains("$"), "what the notebook itself declares");
    assertTrue(notebook.run("%dataset show data --limit 1").length() > 10);
    notebook.run("%reset");
    assertEquals("nothing has a name yet", notebook.run("%whos"));
    assertEquals("BadName", notebook.fail("%dataset show addition --as 1x").errorName());
  }

  @Test
  void mistakesArePointedAtInTheCellsOwnLine() {
    CellError error = notebook.fail("int a = 1;", "%dataset show addition --limt 2");
    assertEquals("UnknownOption", error.errorName());
    assertEquals(
        List.of(
            "UnknownOption: unknown option --limt; did you mean --limit? (%dataset show --help)",
            "  2 | %dataset show addition --limt 2", "                             ^^^^^^"),
        TestNotebook.plain(error).lines().toList());
    assertPointsAt("%dataset show adition", "UnknownFile", "adition");
    assertTrue(notebook.fail("%dataset show adition").getMessage().contains("mean addition?"));
    assertPointsAt("%dataset show addition --limit two", "BadValue", "two");
    assertPointsAt("%dataset show addition --limit=two", "BadValue", "--limit=two");
    assertPointsAt("%dataset shw addition", "UnknownVerb", "shw");
    assertPointsAt("%dataset show addition extra", "UnexpectedArgument", "extra");
    assertPointsAt("%dataset show", "MissingValue", "%dataset");
    assertPointsAt("%dataset show --limit {none} addition", "UnknownVariable", "none");
    assertPointsAt("%runs show no-such-run", "UnknownRun", "no-such-run");
    assertPointsAt("%trian", "UnknownMagic", "%trian");
    assertTrue(notebook.fail("%trian").getMessage().contains("%train"));
    assertTrue(notebook.fail("%bash").getMessage().contains("%%bash"));
    assertPointsAt("int a;\n%%time\na", "MisplacedMagic", "%%time");
  }

  private void assertPointsAt(String code, String errorName, String what) {
    CellError error = notebook.fail(code);
    assertEquals(errorName, error.errorName(), TestNotebook.plain(error));
    String[] lines = TestNotebook.plain(error).split("\n");
    String carets = lines[lines.length - 1];
    String line = lines[lines.length - 2];
    assertEquals(what, line.substring(carets.indexOf('^'), carets.lastIndexOf('^') + 1));
  }

  @Test
  void whatIsMissingOrWrongIsSaidInPlainWords() {
    assertEquals(
        "%xmode needs MODE, one of plain, full (%xmode --help)",
        notebook.fail("%xmode").getMessage());
    assertEquals(
        "MODE (ful) must be one of plain, full; did you mean full? (%xmode --help)",
        notebook.fail("%xmode ful").getMessage());
    assertEquals(
        "--steps (x) must be a whole number (%train --help)",
        notebook.fail("%train --steps x").getMessage());
    assertEquals(
        "--lr needs RATE behind it (%train --help)", notebook.fail("%train --lr").getMessage());
    assertEquals(
        "%compare needs --data D (%compare --help)", notebook.fail("%compare").getMessage());
    assertEquals(
        "unknown option --reward; the reward stands without one: %reward try NAME"
            + " (%reward try --help)",
        notebook.fail("%reward try x --reward x").getMessage());
    assertEquals(
        "unknown option --samples; did you mean --group-size? (%rollout --help)",
        notebook.fail("%rollout --data addition --samples 4").getMessage());
  }

  @Test
  void aNameInJavaIsExplainedToo() throws CellError {
    notebook.run("int shown = 1;", "int twice(int n) { return 2 * n; }");
    assertEquals("shown:int", notebook.run("shown?"));
    assertEquals("shown:int", notebook.run(" ?shown "));
    assertTrue(notebook.run("twice?").contains("int twice(int n)"), notebook.run("twice?"));
    assertTrue(notebook.run("List?").contains("List<E>"), notebook.run("List?"));
    assertTrue(notebook.run("\"\".strip?").contains("String.strip()"));
    assertEquals("UnknownName", notebook.fail("nowhere?").errorName());
    assertEquals("2", notebook.run("1 + 1 // is that two?"));
    assertEquals("1", notebook.run("shown // one?"));
    assertEquals(Completeness.State.COMPLETE, state("shown?"));
    assertEquals(Completeness.State.INCOMPLETE, state("int n = shown > 0 ?"));
  }

  @Test
  void whatPrintfReturnsIsNotShown() throws CellError {
    assertEquals("", notebook.run("System.out.printf(\"%d%n\", 3)"));
    assertEquals("", notebook.run("System.err.append(\"\");"));
  }

  @Test
  void variablesAreFilledInAndTakenByName() throws CellError {
    notebook.run("int n = 2;", "String file = \"addition\";");
    notebook.run("var data = %dataset show {file} --limit {n}");
    assertEquals("addition", notebook.run("data.name()"));
    notebook.run("data = %dataset show counting limit={n}");
    assertEquals("counting", notebook.run("data.name()"));
    notebook.run("%%dataset mine", "question,answer", "1+1?,2", "2+2?,4");
    notebook.run("Dataset other = mine;", "var few = %dataset show other");
    assertEquals("2", notebook.run("few.tasks().size()"));
    notebook.run("var again = %dataset show {other}");
    assertEquals("2", notebook.run("again.tasks().size()"));
  }

  @Test
  void helpComesInEveryForm() throws CellError {
    String help = notebook.run("%runs show?");
    assertTrue(help.contains("%runs show"), help);
    for (String code : new String[] {"?%runs show", "%help runs show", "%runs show --help"}) {
      assertEquals(help, notebook.run(code), code);
    }
    String dataset = notebook.run("%%dataset?");
    assertTrue(dataset.contains("%%dataset sums\n  question,answer\n"), dataset);
    assertFalse(notebook.run("%train?").contains("rft train"));
    assertTrue(notebook.run("%train?").contains("%train --model tiny-chat"));
    assertTrue(notebook.run("%train?").contains("--background"));
    assertTrue(TestNotebook.html(notebook.bundle("%train?")).contains("<table"));
    assertTrue(notebook.run("%help").contains("%%reward"));
    assertTrue(notebook.run("%runs?").contains("%runs resume"));
    assertEquals("UnknownMagic", notebook.fail("%help tarin").errorName());
    assertEquals("UnknownMagic", notebook.fail("%tarin?").errorName());
  }

  @Test
  void timeKeepsTheValue() throws CellError {
    assertEquals("3", notebook.run("%time 1 + 2"));
    assertTrue(notebook.shown().contains(" wall, "), notebook.shown());
    assertEquals("5", notebook.run("%%time", "int t = 2;", "%params s=3", "t + s"));
    CellError error = notebook.fail("%%time", "int u = 1;", "  u + nothing");
    assertTrue(TestNotebook.plain(error).contains("line 3"), TestNotebook.plain(error));
    assertEquals("Usage", notebook.fail("%time").errorName());
  }

  @Test
  void bashRunsAndItsExitCodeCounts() throws CellError {
    Path file = home.resolve("made");
    notebook.run("%%bash", "echo hello > " + file, "");
    assertTrue(Files.exists(file));
    assertEquals("ExitCode3", notebook.fail("%%bash", "exit 3").errorName());
    notebook.run("%%sh one", "test $1 = one");
    assertEquals("Usage", notebook.fail("%%bash").errorName());
  }

  @Test
  void anErrorInAMagicOrInAValueLeavesTheNotebookAlive() throws CellError {
    CellError error =
        notebook.fail(
            "new Object() { public String toString() { return this + \"\"; } }.hashCode() / 0");
    assertEquals("ArithmeticException", error.errorName());
    notebook.run("class Bad { public String toString() { throw new StackOverflowError(); } }");
    notebook.run("Bad bad = new Bad();", "bad");
    assertEquals("UnknownVariable", notebook.fail("%dataset show {bad2}").errorName());
    notebook.fail("%dataset show {bad}");
    assertEquals("2", notebook.run("1 + 1"));
  }

  @Test
  void consolesKnowWhetherACellIsComplete() {
    assertEquals(Completeness.State.COMPLETE, state("%runs"));
    assertEquals(Completeness.State.INCOMPLETE, state("%train \\"));
    assertEquals(Completeness.State.INCOMPLETE, state("%%reward x"));
    assertEquals(Completeness.State.COMPLETE, state("%%reward x\nreturn 1;\n"));
    assertEquals(Completeness.State.INCOMPLETE, state("%runs\nint f() {"));
    assertEquals(Completeness.State.COMPLETE, state("1 + 1"));
  }

  private Completeness.State state(String code) {
    return notebook.interpreter.completeness(code).state();
  }

  @Test
  void oddCellsAreAnsweredWithAnErrorOrAValue() throws CellError {
    for (String code :
        new String[] {
          "",
          "\n",
          "%",
          "%%",
          "%%%",
          "? ",
          "%\n%",
          "%%reward",
          "%help %%%%",
          "%runs \"",
          "%\u00e9",
          "%time %time %time 1",
          "%load",
          "%maven x",
          "%stop nothing",
          "%wait nothing",
          "%params =",
          "%params x",
          "%params class=1",
          "%classpath [",
          "%jars nothing*",
          "%objects --x",
          "x = %",
          "%model \u0000",
          "%dataset show " + "a".repeat(5000),
          "%%loadFromPOM\n<x",
          "%xmode loud"
        }) {
      try {
        notebook.run(code);
      } catch (CellError e) {
        assertFalse(e.traceback().isEmpty(), code);
        assertFalse(e.errorName().isBlank(), code);
      }
    }
    assertEquals("2", notebook.run("1 + 1"));
  }

  @Test
  void controlCharactersInACellDoNotReachTheScreen() {
    String plain = String.join("\n", notebook.fail("%trian \u001b[2J").traceback());
    assertFalse(plain.contains("\u001b[2J"), plain);
  }
}
