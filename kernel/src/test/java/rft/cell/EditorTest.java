package rft.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rft.cell.Completeness.State;
import rft.cell.Completions.Candidate;

@TestInstance(Lifecycle.PER_CLASS)
final class EditorTest {
  private final TestCells cells = new TestCells();

  @AfterAll
  void closeSession() {
    cells.close();
  }

  private List<String> texts(String code) {
    return cells.session.complete(code, code.length()).candidates().stream()
        .map(Candidate::text)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"abc\".leng | length()",
        "import java.uti | util.",
        "int n = 1; var l = new ArrayList<String>(); l.addA | addAll(",
        "for (int index = 0; index < 3; index++) { System.out.println(ind | index",
        "int f(String completion, String answer) { return answ | answer",
        "Stream.of(1).map(number -> num | number",
        "void one() {} Math.ma | max(",
        "class A { int f() { return Math.ma | max("
      })
  void namesAreCompleted(String code, String expected) {
    assertTrue(texts(code).contains(expected), () -> code + " gave " + texts(code));
  }

  @Test
  void namesThatNobodyGaveAreLeftOut() throws CellError {
    cells.run("new Object() {}; int $mine = 1;");
    assertEquals(List.of(), texts("").stream().filter(name -> name.startsWith("$")).toList());
    assertEquals(List.of("$mine"), texts("$mi"));
  }

  @Test
  void aVariableOfAnEarlierCellIsCompletedWithItsMembers() throws CellError {
    cells.run("String greeting = \"hello\";");
    assertEquals(List.of("greeting"), texts("greet"));
    Completions found = cells.session.complete("1 + greeting.isBl + 2", 17);
    assertEquals(13, found.start());
    assertEquals(17, found.end());
    assertEquals(
        new Candidate("isBlank()", "method", "boolean String.isBlank()"),
        found.candidates().get(0));
  }

  @Test
  void aBodyIsCompletedBehindItsGeneratedHeadWithItsOwnOffsets() {
    String head = "double reward(String completion, String answer) {\n";
    Completions member = cells.session.complete(head, "return completion.leng", 22);
    assertEquals(18, member.start());
    assertEquals(22, member.end());
    assertEquals("length()", member.candidates().get(0).text());
    Completions name = cells.session.complete(head, "return comple", 13);
    assertEquals("completion", name.candidates().get(0).text());
    assertEquals(7, name.start());
    assertTrue(cells.session.document(head, "completion.length()", 14).isPresent());
  }

  @Test
  void namesInTextAndCommentsAreNoVariables() {
    assertEquals(
        List.of("needle"),
        LocalNames.startingWith(
            "need", "int needle = 1; // int needless = 2\nString s = \"int needy = 3\";"));
    assertEquals(List.of(), LocalNames.startingWith("need", "return needle; "));
  }

  @Test
  void whileACellRunsTheEditorIsAnswered() throws Exception {
    Signal.expect();
    FutureTask<Object> cell =
        new FutureTask<>(() -> cells.run("Signal.began(); while (true) Thread.sleep(10);"));
    new Thread(cell).start();
    Signal.await();
    assertTrue(texts("\"abc\".leng").contains("length()"));
    assertTrue(cells.session.document("Math.max(", 9).isPresent());
    assertTrue(cells.session.document("Math.max", 8).isPresent());
    assertEquals(State.COMPLETE, cells.session.completeness("int a = 1;").state());
    assertFalse(cell.isDone());
    cells.session.stop();
    assertThrows(ExecutionException.class, () -> cell.get(10, TimeUnit.SECONDS));
  }

  @Test
  void aMethodIsDocumentedAnywhereInItsNameAndInItsArguments() throws CellError {
    for (int cursor : new int[] {6, 8, 9, 13}) {
      Documentation found = cells.session.document("Math.max(1, 2)", cursor).orElseThrow();
      assertTrue(found.plain(0).contains("int Math.max(int a, int b)"), found.plain(0));
      assertTrue(found.html(1).contains("<b>int Math.max(int a, int b)</b>"));
    }
    assertTrue(
        cells.session.document("List<String> names", 2).orElseThrow().plain(0).contains("List"));
    assertTrue(cells.session.document("nothing_known", 3).isEmpty());
    assertTrue(cells.session.document("", 0).isEmpty());
  }

  @Test
  void markupOfCommentsBecomesPlainText() {
    assertEquals(
        "Returns a < b, as in f(x).\n\n- one\n\n@param a first",
        Javadoc.plain(
                "Returns {@code a < b}, <b>as</b> in {@link #f f(x)}.<ul><li>one</ul>\n@param a first")
            .replace("#f f(x)", "f(x)"));
    assertEquals(
        "<pre><b>f&lt;T&gt;</b></pre>",
        new Documentation(List.of(new Documentation.Entry("f<T>", ""))).html(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int x = 1; | COMPLETE | 0",
        "int x = 1 | COMPLETE | 0",
        "1 + 1 | COMPLETE | 0",
        "void f() { | INCOMPLETE | 4",
        "class A { int f() { | INCOMPLETE | 4",
        "foo( | INCOMPLETE | 4",
        "/* open | INCOMPLETE | 0",
        "} | INVALID | 0",
        "int x = ; | INVALID | 0"
      })
  void completenessTellsWhatAConsoleShouldDo(String code, State state, int indent) {
    assertEquals(new Completeness(state, " ".repeat(indent)), cells.session.completeness(code));
  }

  @Test
  void theIndentFollowsTheLastLine() {
    assertEquals("        ", cells.session.completeness("class A {\n    int f() {\n").indent());
    assertEquals("    ", cells.session.completeness("class A {\n    int f;\n").indent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "int a = 1;",
        "int a = 1; // c\n",
        "void f() {}\n",
        "for (;;) { }\n",
        "String s = \"\"\"\n  x\n  \"\"\";\n"
      })
  void aStatementStartsBehindCompleteJava(String before) {
    assertTrue(cells.session.isStatementStart(before));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int a = b\n",
        "a\n",
        "void f() {\n",
        "/* open\n",
        "String s = \"\"\"\n",
        "foo(1,\n",
        "\"open"
      })
  void noStatementStartsInsideOne(String before) {
    assertFalse(cells.session.isStatementStart(before));
  }
}
