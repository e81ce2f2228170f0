package rft.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.cell.CellError;

final class InterruptTest {
  private static final String BEGAN = "rft.test.began";

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

  /** A loaded file's code says itself that its loop begins; all else has begun soon. */
  private static void awaitLoop(String code) throws InterruptedException {
    System.clearProperty(BEGAN);
    for (int i = 0; code.startsWith("%load") && i < 300; i++) {
      if (System.getProperty(BEGAN) != null) {
        break;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    TimeUnit.MILLISECONDS.sleep(1200);
  }

  /** Returns the milliseconds from the interrupt to the end of the cell. */
  private long interrupt(String... lines) throws Exception {
    CompletableFuture<CellError> failed = CompletableFuture.supplyAsync(() -> notebook.fail(lines));
    awaitLoop(String.join("\n", lines));
    assertFalse(failed.isDone(), String.join("\n", lines));
    long start = System.nanoTime();
    notebook.interpreter.interrupt();
    CellError error = failed.get(10, TimeUnit.SECONDS);
    assertEquals("Interrupted", error.errorName(), TestNotebook.plain(error));
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertEquals("2", notebook.run("1 + 1"));
    return millis;
  }

  @Test
  void javaStopsInsideAndOutsideOfMagics() throws Exception {
    for (String code :
        new String[] {
          "while (true);",
          "%time while (true);",
          "%%time\nint i = 0;\nwhile (true) i++;",
          "%xmode plain\nThread.sleep(60_000);",
          "new Object() { public String toString() { while (true); } }"
        }) {
      assertTrue(interrupt(code) < 5000, code);
    }
  }

  @Test
  void aScriptEndsWithAllItStarted() throws Exception {
    Path file = home.resolve("alive");
    interrupt("%%bash", "(sleep 3; touch " + file + ") &", "sleep 60");
    TimeUnit.SECONDS.sleep(3);
    assertFalse(Files.exists(file));
  }

  @Test
  void whatFollowsAnInterruptedPartIsNotRun() throws Exception {
    interrupt("int reached = 0;", "%time while (true);", "%params reached=1", "reached = 2;");
    assertEquals("0", notebook.run("reached"));
  }

  @Test
  void aLoadedFileStops() throws Exception {
    Path file = home.resolve("loop.jsh");
    Files.writeString(
        file, "int before = 1;\nSystem.setProperty(\"" + BEGAN + "\", \"\");\nwhile (true);\n");
    interrupt("%load " + file);
    assertEquals("1", notebook.run("before"));
  }

  @Test
  void anInterruptOfNothingDoesNothing() throws Exception {
    notebook.interpreter.interrupt();
    assertEquals("3", notebook.run("1 + 2"));
    notebook.interpreter.interrupt();
    assertEquals("", notebook.run("%xmode plain"));
  }
}
