package rft.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
final class DiagnosticsTest {
  private final TestCells cells = new TestCells();

  @AfterAll
  void closeSession() {
    cells.close();
  }

  @Test
  void aCompileErrorPointsAtTheColumnInTheCellsOwnLine() throws CellError {
    CellError error = cells.failure("int ok = 1;\n\n// why\n\tint bad = ok + nope;");
    assertEquals("CompileError", error.errorName());
    assertEquals("cannot find symbol: variable nope", error.getMessage());
    assertEquals(
        "CompileError: cannot find symbol: variable nope\n"
            + "cell ["
            + lastCell(error)
            + "] line 4\n"
            + "  \tint bad = ok + nope;\n"
            + "  \t               ^^^^",
        TestCells.plain(error));
    assertEquals(1, cells.value("ok"), "what stood before has run");
  }

  private static String lastCell(CellError error) {
    return TestCells.plain(error).replaceAll("(?s).*cell \\[(\\d+)\\].*", "$1");
  }

  @Test
  void linesCountFromThePlaceOfTheTextInItsCell() {
    CellError error =
        assertThrows(
            CellError.class,
            () -> cells.session.evaluate("int a = 1;\nint b = nope;", new Place(7, 5, 1)));
    assertTrue(TestCells.plain(error).contains("cell [7] line 6"), TestCells.plain(error));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "void f() {",
        "foo(1,",
        "for (;;)",
        "int x = ",
        "/* open",
        "String s = \"\"\"\n a",
        "int x = 5\nint y = 6;",
        "}",
        "\"abc",
        "class {",
        "@",
        "int[] a = {1, 2"
      })
  void textThatIsNoJavaIsACompileErrorAndEnds(String source) throws CellError {
    assertEquals("CompileError", cells.failure(source).errorName());
    assertEquals(2, cells.value("1 + 1"));
  }

  @Test
  void aMissingImportIsNamed() throws Exception {
    String text = "";
    for (int i = 0; i < 100 && !text.contains("import java.util.concurrent.TimeUnit;"); i++) {
      text = TestCells.plain(cells.failure("TimeUnit.DAYS.toHours(1)"));
      Thread.sleep(100);
    }
    assertTrue(text.contains("Perhaps it needs import java.util.concurrent.TimeUnit;"), text);
  }

  @Test
  void aTypeThatNobodyDeclaresIsAnErrorAtTheEndOfTheCell() {
    CellError error = cells.failure("class Holder {\n  Missing held;\n}");
    assertEquals("Holder needs class Missing, which is not defined", error.getMessage());
    assertTrue(
        TestCells.plain(error).contains("line 2\n    Missing held;\n    ^^^^^^^"),
        TestCells.plain(error));
  }

  @Test
  void aMethodThatNeedsSomethingWarnsAndSaysSoWhenItIsCalled() throws CellError {
    assertTrue(told("int area() { return width * 2; }").contains("area needs variable width"));
    CellError error = cells.failure("area()");
    assertEquals("UnresolvedReference", error.errorName());
    assertTrue(error.getMessage().contains("variable width"), error.getMessage());
    assertEquals(8, cells.value("int width = 4; area()"));
  }

  @Test
  void aThrownExceptionShowsItsLinesInCellsOnly() throws CellError {
    cells.run("int parse(String text) {\n  int[] none = null;\n  return none[text.length()];\n}");
    CellError error =
        cells.failure(
            "\n\n// here\nint n =\n  List.of(\"a\").stream().mapToInt(t -> parse(t)).sum();");
    assertEquals("NullPointerException", error.errorName());
    assertEquals("Cannot load from int array because \"none\" is null", error.getMessage());
    String text = TestCells.plain(error);
    assertTrue(text.contains("line 3, in parse: return none[text.length()];"), text);
    assertTrue(text.contains("line 5: List.of") || text.contains("line 4: int n ="), text);
    assertTrue(text.contains("library frames"), text);
    assertFalse(text.contains("java.util.stream"), text);
    cells.session.setFullTraces(true);
    try {
      assertTrue(
          TestCells.plain(cells.failure("new ArrayList<>(List.of(1)).forEach(i -> parse(\"\"))"))
              .contains("java.util.ArrayList.forEach"));
    } finally {
      cells.session.setFullTraces(false);
    }
  }

  @Test
  void anExceptionOfACellKeepsItsNameAndCauses() {
    CellError error =
        cells.failure(
            """
            class Broken extends RuntimeException { Broken(Throwable cause) { super("all", cause); } }
            throw new Broken(new IllegalStateException("why"));
            """);
    assertEquals("Broken", error.errorName());
    assertEquals("all", error.getMessage());
    assertTrue(TestCells.plain(error).contains("caused by IllegalStateException: why"));
    assertFalse(TestCells.plain(error).contains("REPL"), TestCells.plain(error));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "throw new AssertionError(\"no\"); | AssertionError",
        "throw new OutOfMemoryError(\"no\"); | OutOfMemoryError",
        "throw new NoClassDefFoundError(\"no\"); | NoClassDefFoundError",
        "int down(int n) { return down(n + 1) + 1; } down(0) | StackOverflowError",
        "int quotient = 1 / 0; | ArithmeticException",
        "throw new java.lang.reflect.InvocationTargetException(new java.io.IOException(\"in\")); | IOException",
        "throw new RuntimeException() { public String getMessage() { throw new IllegalStateException(); } }; | IllegalStateException"
      })
  void whateverIsThrownIsAnErrorOfTheCell(String source, String name) throws CellError {
    assertEquals(name, cells.failure(source).errorName());
    assertEquals(2, cells.value("1 + 1"));
  }

  @Test
  void aDeepRecursionIsToldInFewLines() {
    CellError error = cells.failure("int fall(int n) { return fall(n + 1) + 1; } fall(0)");
    assertTrue(error.traceback().size() < 30, () -> "lines: " + error.traceback().size());
    assertTrue(TestCells.plain(error).contains("times)"));
  }

  @Test
  void anErrorOfANestedEvaluationIsTheSameError() throws CellError {
    cells.session.declare("session", JavaSession.class, cells.session);
    CellError error =
        cells.failure("session.evaluate(\"int a = nope;\", new rft.cell.Place(3, 2, 1))");
    assertEquals("CompileError", error.errorName());
    assertTrue(TestCells.plain(error).contains("cell [3] line 2"));
  }

  @Test
  void whatAGuardedRenderingThrowsPointsAtTheCell() throws Exception {
    Object shy =
        cells.value(
            "class Shy { public String toString() {\n  throw new IllegalStateException(\"shy\"); } }\nnew Shy()");
    Exception thrown = assertThrows(Exception.class, () -> cells.session.guarded(shy::toString));
    CellError error = cells.session.failure(thrown);
    assertEquals("IllegalStateException", error.errorName());
    assertTrue(TestCells.plain(error).contains("line 2, in Shy.toString"), TestCells.plain(error));
  }

  @Test
  void whatEndsABackgroundThreadIsReportedWithItsLine() throws CellError {
    String text =
        told(
            "var lost = new Thread(() -> {\n  throw new IllegalStateException(\"alone\"); }, \"lost\");\nlost.start(); lost.join();");
    assertTrue(
        text.contains("Thread \"lost\" ended:")
            && text.contains("alone")
            && text.contains("line 2"),
        text);
  }

  @Test
  void aClassThatIsDeclaredAnewSaysWhichVariablesItEmptied() throws CellError {
    String first =
        "class Dice { int sides = 6; }\nDice d = new Dice(); Dice[] cup = {d};\nvar bag = List.of(d);"
            + " int n = d.sides;";
    cells.run(first);
    assertEquals("", told(first));
    assertEquals(
        List.of(
            "Dice was declared anew, so d, cup hold null now: run again what sets them",
            "Dice was declared anew, so bag is gone now: run again what sets it"),
        told("class Dice { int sides = 8; }").lines().toList());
    assertEquals(6, cells.value("n"));
  }

  @Test
  void aVariableThatTheSameCellSetsAgainIsNotCalledEmpty() throws CellError {
    cells.run("class Coin { int sides = 2; }\nCoin one = new Coin(); Coin two = one;");
    assertEquals(
        List.of("Coin was declared anew, so two holds null now: run again what sets it"),
        told("class Coin { int sides = 3; }\none = new Coin();\none.sides").lines().toList());
    assertEquals(
        "", told("class Coin { int sides = 4; }\nCoin one = new Coin(), two = new Coin();"));
  }

  @Test
  void ofAVeryLongLineAnErrorShowsThePartAtFault() {
    String text = '"' + "x".repeat(60_000) + '"';
    String wrong = TestCells.plain(cells.failure("int n = " + text + ".length() + nope + 1;"));
    assertTrue(wrong.contains("xxx\".length() + nope + 1;\n"), wrong);
    assertTrue(wrong.lines().anyMatch(line -> line.strip().equals("^^^^")), wrong);
    assertTrue(wrong.length() < 1_000, "characters: " + wrong.length());
    String thrown = TestCells.plain(cells.failure("throw new RuntimeException(" + text + " + 1);"));
    assertEquals(1, thrown.lines().filter(line -> line.contains("throw new")).count());
    assertTrue(thrown.length() < 61_000, "characters: " + thrown.length());
  }

  /** Returns what a cell writes to standard error. */
  private String told(String source) throws CellError {
    PrintStream present = System.err;
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
    try {
      cells.run(source);
    } finally {
      System.setErr(present);
    }
    return told.toString(StandardCharsets.UTF_8);
  }
}
