package rft.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.cell.CellError;

final class DatasetMagicTest {
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
  void commaSeparatedLinesBecomeTasks() throws CellError {
    notebook.run(
        "%%dataset sums",
        "question,answer,level",
        "What is 1 + 1?,2,easy",
        "\"Say \"\"a, b\"\"\nand c\",\"a, b\nc\",hard",
        "");
    assertEquals("2", notebook.run("sums.tasks().size()"));
    assertEquals("a, b\nc", notebook.run("sums.tasks().get(1).referenceText()"));
    assertEquals(
        "true", notebook.run("sums.tasks().get(1).promptText().contains(\"\\\"a, b\\\"\")"));
    assertEquals("hard", notebook.run("sums.tasks().get(1).attributes().get(\"level\").asText()"));
  }

  @Test
  void jsonLinesBecomeTasksAndBadRowsAreNamedByTheCellsLine() throws CellError {
    String good =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"reference_answer\":\"x\"}";
    String shown = notebook.run("%%dataset rows", good, "{\"messages\":[]}", "", good, "{oops");
    assertEquals("2", notebook.run("rows.tasks().size()"));
    assertTrue(shown.contains("2 of 4 rows are left out"), shown);
    assertTrue(shown.contains("\nline 3, column 13: "), shown);
    assertTrue(shown.contains("\nline 6, column 2: "), shown);
    assertEquals("", notebook.shown(), "each problem is told once");
    CellError none = notebook.fail("%%dataset none", "{oops");
    assertTrue(none.getMessage().contains("line 2, column 2: "), none.getMessage());
  }

  @Test
  void aCommaThatIsNotQuotedIsPointedAt() {
    CellError error =
        notebook.fail("%%dataset x", "question,answer", "\"May 4, 1977?\",1", "May 4, 1977?,1");
    assertEquals("BadRow", error.errorName());
    assertTrue(error.getMessage().startsWith("this line has 3 values and the heading 2"));
    assertTrue(TestNotebook.plain(error).contains("4 | May 4, 1977?,1"), TestNotebook.plain(error));
    assertEquals(
        "BadRow", notebook.fail("%%dataset x", "question,answer", "no answer").errorName());
  }

  @Test
  void aBodyThatIsNoDatasetIsRefused() throws CellError {
    CellError error = notebook.fail("%%dataset x", "", "hello", "world");
    assertEquals("BadHeading", error.errorName());
    assertTrue(
        TestNotebook.plain(error).endsWith("  3 | hello\n      ^^^^^"), TestNotebook.plain(error));
    assertEquals("NoRows", notebook.fail("%%dataset x", "question,answer").errorName());
    assertEquals("BadRow", notebook.fail("%%dataset x", "question", "\"open").errorName());
    assertEquals("BadName", notebook.fail("%%dataset 1", "question", "a").errorName());
    assertTrue(notebook.run("%%dataset x").contains("question,answer"));
    assertTrue(notebook.run("%%dataset").contains("%%dataset mine\nquestion,answer"));
    assertEquals("MissingValue", notebook.fail("%%dataset", "question,answer", "a,b").errorName());
  }

  @Test
  void rowsKnowTheLineTheyBeginOn() {
    List<CsvRows.Row> rows = CsvRows.of("a,b\r\n\r\n\"x\ny\", z \nq");
    assertEquals(List.of("a", "b"), rows.get(0).values());
    assertEquals(new CsvRows.Row(3, List.of("x\ny", "z")), rows.get(1));
    assertEquals(new CsvRows.Row(5, List.of("q")), rows.get(2));
    assertEquals(
        "line 2: a quote is not closed",
        assertThrows(IllegalArgumentException.class, () -> CsvRows.of("a\n\"b")).getMessage());
  }
}
