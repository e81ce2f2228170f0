package rft.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.cell.CellError;

/** Each magic gives what the Java that it prints gives. */
final class ParityTest {
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

  private void assertSame(String magic) throws CellError {
    String java = notebook.run(magic + " --as-java");
    assertTrue(java.startsWith("Rft."), java);
    assertEquals(times(notebook.run(magic)), times(notebook.run(java)), java);
    notebook.run(magic + " --as one");
    notebook.run(notebook.run(magic + " --as two --as-java"));
    assertEquals(times(notebook.run("one")), times(notebook.run("two")), java);
  }

  /** Leaves out how long something took, and how much memory is left. */
  private static String times(String text) {
    return text.replaceAll("[\\d.,]+ (m?s\\b|tok/s|[MG]B (free|on this machine))", "TIME");
  }

  @Test
  void magicsThatReadAreTheirJavaCalls() throws CellError {
    notebook.run("%%dataset sums", "question,answer", "What is 1 + 1?,2", "What is 2 + 2?,4");
    for (String magic :
        new String[] {
          "%dataset show sums --limit 1",
          "%dataset check addition",
          "%reward list",
          "%reward show number-match",
          "%score number-match --data sums",
          "%runs",
          "%model show tiny-chat"
        }) {
      assertSame(magic);
    }
  }

  @Test
  @Tag("slow")
  void magicsThatComputeAreTheirJavaCalls() throws CellError {
    assertSame("%rollout --data addition --tasks 2 --group-size 2 --max-new-tokens 8 --threads 1");
  }
}
