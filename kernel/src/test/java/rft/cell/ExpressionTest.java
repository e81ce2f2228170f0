package rft.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpressionTest {
  private final TestCells cells = new TestCells();

  @AfterEach
  void close() {
    cells.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x = 1",
        "int x = 1;",
        "1 + 1;",
        "f(); g()",
        "if (true) f()",
        "import java.util.List",
        "() -> { return 1; }",
        "System.out.println(1)",
        "i += 2",
        "i >>= 2",
        "// nothing",
        ""
      })
  void whatMayBeAnythingElseIsLeftToJShell(String source) {
    assertEquals(Optional.empty(), Expression.statementOf(source));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 + 1",
        "a == b",
        "a <= b",
        "\"a = b; {\"",
        "list.stream().map(x -> x + 1).toList()",
        "1 // = one",
        "importance"
      })
  void anExpressionTakesTheShortWay(String source) {
    assertTrue(Expression.statementOf(source).isPresent());
  }

  @Test
  void valuesAreWhatTheyWere() throws CellError {
    assertEquals(2, cells.value("1 + 1"));
    assertEquals("a = b; {", cells.value("\"a = b; {\""));
    assertEquals(1, cells.value("1 // = one"));
    assertEquals(1.0, cells.value("true ? 1 : 2.0"));
    assertEquals((byte) 1, cells.value("(byte) 1"));
    assertEquals(Optional.empty(), cells.run("(Object) null"));
    cells.run("int[] kept = {4};");
    assertEquals(5, cells.value("++kept[0]"));
    assertEquals(5, cells.value("kept[0]"), "it ran once");
  }

  @Test
  void aCallWithoutAValueRunsOnceAndShowsNothing() throws CellError {
    cells.run("int calls = 0; void call() { calls++; }");

    assertEquals(Optional.empty(), cells.run("call()"));
    assertEquals(1, cells.value("calls"));
  }

  @Test
  void errorsPointAtTheUsersOwnText() {
    CellError compile = cells.failure("\n  1 + nowhere");
    assertTrue(String.join("\n", compile.traceback()).contains("      ^"), compile.toString());

    CellError thrown = cells.failure("1 +\nInteger.parseInt(\"x\")");
    String traceback = String.join("\n", thrown.traceback());
    assertTrue(traceback.contains("line 2"), traceback);
    assertTrue(!traceback.contains("Expression.keep"), traceback);
  }
}
