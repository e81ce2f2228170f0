package rft.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
final class JavaSessionTest {
  private final TestCells cells = new TestCells();

  @AfterAll
  void closeSession() {
    cells.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"20 + 22", "20 + 22;", "int a = 42; a", "int b = 42; b; // the answer\n"})
  void theLastExpressionIsTheValueWithAndWithoutSemicolon(String source) throws CellError {
    assertEquals(42, cells.value(source));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  \n// nothing\n",
        "int c = 42;",
        "c = 43",
        "null",
        "System.out.print(\"\")",
        "void m() {}",
        "int[] q = {1};"
      })
  void whateverIsNoValueShowsNothing(String source) throws CellError {
    assertEquals(Optional.empty(), cells.run("int c = 1;\n" + source));
  }

  @Test
  void anAssertionOfACellIsChecked() {
    try (TestCells own = new TestCells()) {
      assertEquals("AssertionError", own.failure("assert 1 > 2 : \"no\";").errorName());
      assertEquals(
          "AssertionError",
          own.failure("int half(int n) { assert n % 2 == 0; return n / 2; } half(3)").errorName());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\\n", "'"})
  void aLiteralMayBeAsLongAsJavaAllows(String letter) throws CellError {
    String literal = '"' + letter.repeat(60_000) + '"';
    assertEquals(60_000, cells.value(literal + ".length()"));
    assertEquals(60_000, cells.value("String novel = " + literal + ";\nnovel.length()"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s.length()", "String tome = %s;", "var tomes = List.of(%s);"})
  void whatIsTooLargeIsAnErrorAndLaterCellsRun(String cell) throws CellError {
    String literal = '"' + "x".repeat(70_000) + '"';
    CellError error = cells.failure(cell.formatted(literal));
    assertEquals("constant string too long", error.getMessage());
    assertEquals(2, cells.value("1 + 1"));
    assertEquals(3, cells.value("int tome = 3; tome"));
    assertEquals("CompileError", cells.failure("tomes").errorName());
  }

  @Test
  void valuesAreTheObjectsThemselves() throws CellError {
    cells.run("List<String> kept = new ArrayList<>(List.of(\"a\"));");
    Object kept = cells.value("kept");
    assertSame(kept, cells.session.variable("kept").orElseThrow());
    assertInstanceOf(ArrayList.class, kept);
  }

  @Test
  void classesThatNeedEachOtherMayStandInOneCellInAnyOrder() throws CellError {
    String source =
        """
        class Egg { Hen mother; Hen hatch() { return new Hen(this); } }
        class Hen { Egg from; Hen(Egg from) { this.from = from; } }
        new Egg().hatch().from != null
        """;
    assertEquals(true, cells.value(source));
  }

  @Test
  void aStaticMethodCanBeDefinedAgainWithAnotherSignature() throws CellError {
    cells.run("static int twice(int n) { return 2 * n; }\nint useTwice() { return twice(4); }");
    assertEquals(8, cells.value("useTwice()"));
    cells.run(
        "static long twice(long n) { return 2 * n; }\nclass Two { static int f() { return 1; } }");
    cells.run("class Two { static String f(int n) { return \"n\" + n; } }");
    assertEquals("n3", cells.value("Two.f(3)"));
    assertEquals(10L, cells.value("twice(5L)"));
  }

  @Test
  void aVariableIsReadLiveWhileTheCellThatAssignsItRuns() throws Exception {
    cells.run("int level = 1;");
    Signal.expect();
    FutureTask<Object> cell =
        new FutureTask<>(
            () ->
                cells.run("level = 7; Signal.began(); while (level == 7) Thread.sleep(5); level"));
    new Thread(cell).start();
    Signal.await();
    try {
      assertEquals(7, cells.session.variable("level").orElseThrow());
      cells.session.declare("level", int.class, 9);
      assertEquals(9, cells.session.variable("level").orElseThrow());
    } finally {
      cells.session.stop();
    }
    assertThrows(ExecutionException.class, () -> cell.get(10, TimeUnit.SECONDS));
  }

  @Test
  void declaredVariablesAreTypedAndMayBeReplaced() throws CellError {
    cells.session.declare("words", List.class, List.of("a", "b"));
    cells.run("int countWords() { return words.size(); }");
    assertEquals(2, cells.value("countWords()"));
    cells.session.declare("words", List.class, List.of("a"));
    assertEquals(1, cells.value("countWords()"));
    cells.session.declare("ratio", double.class, 0.5);
    assertEquals(1.0, cells.value("ratio * 2"));
    cells.session.declare("hidden", List.of(1).getClass(), List.of(1));
    assertEquals(List.of(1), cells.value("hidden"));
    assertThrows(
        IllegalArgumentException.class, () -> cells.session.declare("a b", String.class, ""));
    assertThrows(
        IllegalArgumentException.class, () -> cells.session.declare("class", String.class, ""));
  }

  @Test
  void aRecordOfACellCanBeTheTypeOfADeclaredVariable() throws CellError {
    Object point = cells.value("record Point(int x) {}\nnew Point(3)");
    cells.session.declare("point", point.getClass(), point);
    assertEquals(3, cells.value("point.x()"));
  }

  @Test
  void variablesAreListedWithTypeAndValue() throws CellError {
    cells.run("Map<String, Integer> ages = new HashMap<>(); ages.put(\"x\", 1); 1 + 1");
    Variable ages =
        cells.session.variables().stream()
            .filter(each -> each.name().equals("ages"))
            .findFirst()
            .orElseThrow();
    assertEquals(new Variable("ages", "Map<String, Integer>", Map.of("x", 1)), ages);
    assertTrue(cells.session.variables().stream().noneMatch(each -> each.name().startsWith("$")));
  }

  @Test
  void aResetForgetsEverythingButTheStartup() throws CellError {
    try (TestCells own = new TestCells()) {
      own.run("import java.util.concurrent.*; int gone = 1; class Gone {} int f() { return 1; }");
      assertTrue(own.session.imports().contains("import java.util.concurrent.*;"));
      own.session.reset();
      assertEquals(Optional.empty(), own.session.variable("gone"));
      assertEquals(List.of(), own.session.variables());
      assertFalse(own.session.imports().contains("import java.util.concurrent.*;"));
      for (String source : List.of("gone", "f()", "new Gone()")) {
        assertEquals("CompileError", own.failure(source).errorName());
      }
      assertEquals(List.of(2), own.value("int gone = 2; class Gone {} List.of(gone)"));
      assertEquals("Interrupted", own.stopped("Signal.began(); while (true) {}").errorName());
      assertEquals(2, own.value("gone"));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anAddedJarIsSeenByCellsAndByTheirServiceLoaders(@TempDir Path folder) throws Exception {
    Path source =
        Files.writeString(
            folder.resolve("Added.java"),
            "package extra; public class Added implements Runnable { public void run() {} public static int n = 5; }");
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", folder.toString(), source.toString()));
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve("java.lang.Runnable"), "extra.Added");
    cells.session.addToClassPath(folder);
    assertEquals(5, cells.value("extra.Added.n"));
    assertEquals(1L, cells.value("ServiceLoader.load(Runnable.class).stream().count()"));
    cells.run("extra.Added.n = 6;");
    cells.session.addToClassPath(folder);
    assertEquals(6, cells.value("extra.Added.n"), "one loader, so one class");
    assertThrows(
        IllegalArgumentException.class,
        () -> cells.session.addToClassPath(folder.resolve("no.jar")));
  }

  @Test
  void aBackgroundThreadOfACellEvaluatesWithoutWaitingForTheNextCell() throws Exception {
    cells.session.declare("session", JavaSession.class, cells.session);
    cells.run(
        "import rft.cell.*; import java.util.concurrent.*; var inner = new FutureTask<Object>(() -> session.evaluate(\"6 * 7\", Place.startOf(1)).get());");
    cells.run("new Thread(inner).start(); inner.get(10, TimeUnit.SECONDS)");
    assertEquals(42, cells.value("inner.get()"));
    assertEquals(3, cells.value("session.evaluate(\"1 + 2\", Place.startOf(1)).get()"));
  }

  @Test
  void aCellDoesNotWaitForTheThreadsItStarts() throws Exception {
    for (int i = 0; i < 20; i++) {
      cells.run(
          "new Thread(() -> { try { Thread.sleep(60_000); } catch (InterruptedException e) { } }).start();");
    }
    assertEquals(1, cells.value("1"));
  }

  @Test
  void guardedPassesOnWhatTheBodyThrows() {
    JavaSession session = cells.session;
    assertThrows(
        java.io.IOException.class,
        () ->
            session.guarded(
                () -> {
                  throw new java.io.IOException("no");
                }));
    ExecutionException error =
        assertThrows(
            ExecutionException.class,
            () ->
                session.guarded(
                    () -> {
                      throw new AssertionError("no");
                    }));
    assertEquals("AssertionError", session.failure(error).errorName());
    assertNotNull(error.getCause());
  }
}
