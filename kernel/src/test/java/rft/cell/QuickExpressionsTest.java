package rft.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class QuickExpressionsTest {
  private final JavaSession session = new JavaSession(JavaSession.Options.standard());
  private int cell;

  @AfterEach
  void close() {
    session.close();
  }

  private Object value(String source) throws CellError {
    return session.evaluate(source, Place.startOf(++cell)).orElse("nothing");
  }

  /** Runs an expression until the session has a compiler of its own for it. */
  private void prepare() throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!session.isQuick()) {
      value("0");
      assertTrue(System.nanoTime() < end, "no compiler was prepared; is javac's API exported?");
      Thread.sleep(20);
    }
  }

  @Test
  void valuesAreThoseOfJava() throws Exception {
    value("int x = 20; List<String> words = List.of(\"a\", \"b\");");
    value("record Pair(int a, int b) {}");
    prepare();
    assertEquals(2, value("1 + 1"));
    assertEquals(41, value("x * 2 + 1"));
    assertEquals(List.of("A", "B"), value("words.stream().map(w -> w.toUpperCase()).toList()"));
    assertEquals("Pair[a=1, b=2]", value("new Pair(1, 2)").toString());
    assertEquals("nothing", value("null"));
    assertEquals(1, value("1 // = one"));
    assertTrue(session.isQuick());
  }

  @Test
  void aDeclarationIsSeenByTheNextExpression() throws Exception {
    prepare();
    value("int later = 5;");
    assertFalse(session.isQuick());
    assertEquals(6, value("later + 1"));
    prepare();
    assertEquals(7, value("later + 2"));
    value("String later = \"text\";");
    assertEquals("text", value("later"));
    value("later = \"other\";");
    prepare();
    assertEquals("other", value("later"));
  }

  @Test
  void whatIsRunAgainLooksAtTheWorldAnew() throws Exception {
    value("int n = 1; int[] calls = {0};");
    prepare();
    assertEquals(2, value("n + 1"));
    value("n = 41;");
    prepare();
    assertEquals(42, value("n + 1"));
    assertEquals(42, value("n + 1"));
    assertEquals(1, value("++calls[0]"));
    assertEquals(2, value("++calls[0]"));
    String counting = "new Object() { static int seen; int more() { return ++seen; } }.more()";
    assertEquals(1, value(counting));
    assertEquals(1, value(counting));
    value("String n = \"a\";");
    assertEquals("a1", value("n + 1"));
    prepare();
    assertEquals("a1", value("n + 1"));
    assertThrows(CellError.class, () -> value("n.charAt(5)"));
    CellError again = assertThrows(CellError.class, () -> value("n.charAt(5)"));
    assertTrue(TestCells.plain(again).contains("cell [" + cell + "]"), TestCells.plain(again));
  }

  @Test
  void whatDoesNotCompileIsSaidAsEver() throws Exception {
    prepare();
    CellError error = assertThrows(CellError.class, () -> value("1 +\n  missing"));
    assertTrue(TestCells.plain(error).contains("line 2"), TestCells.plain(error));
  }

  @Test
  void whatIsThrownNamesItsLineHereAndInEarlierCells() throws Exception {
    value(
        """
        int half(int n) {
          if (n > 1) throw new IllegalStateException("too much");
          return n / 2;
        }\
        """);
    int declared = cell;
    prepare();
    CellError error = assertThrows(CellError.class, () -> value("1 +\n  half(\n    4)"));
    String trace = TestCells.plain(error);
    assertEquals("IllegalStateException", error.errorName());
    assertTrue(trace.contains("cell [" + declared + "] line 2, in half: if (n > 1)"), trace);
    assertTrue(trace.contains("cell [" + cell + "] line 2: half("), trace);
  }

  @Test
  void aCallThatShowsNothingRunsOnce() throws Exception {
    value("List<Integer> calls = new ArrayList<>();");
    prepare();
    assertEquals("nothing", value("calls.clear()"));
    assertEquals(true, value("calls.add(1)"));
    assertEquals(1, value("calls.size()"));
  }

  @Test
  void itCanBeStopped() throws Exception {
    prepare();
    assertEquals(2, value("1 + 1"));
    Thread stopper =
        new Thread(
            () -> {
              try {
                Thread.sleep(300);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              session.stop();
            });
    stopper.start();
    CellError error =
        assertThrows(
            CellError.class, () -> value("Stream.iterate(1, i -> i).allMatch(i -> i == 1)"));
    assertEquals("Interrupted", error.errorName());
    stopper.join();
    assertEquals(2, value("1 + 1"));
  }

  @Test
  void whatWaitsForADeclarationIsLeftToJShell() throws Exception {
    value("int uses() { return undeclared(); }");
    CellError error = assertThrows(CellError.class, () -> value("uses()"));
    assertTrue(error.getMessage().contains("undeclared"), error.getMessage());
    value("int undeclared() { return 3; }");
    prepare();
    assertEquals(3, value("uses()"));
    assertEquals(Optional.of(3), session.evaluate("uses()", Place.startOf(1)));
  }
}
