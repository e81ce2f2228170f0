package rft.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.cell.CellError;
import rft.command.Workspace;
import rft.dataset.Dataset;
import rft.dataset.Task;
import rft.reward.RewardCompiler;

final class InterruptTest {
  private static final String BEGAN = "rft.test.began";
  private static final String JUDGED = "rft.test.judged";

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
  void aCheckOfAJudgeShowsWhatWasJudged() throws Exception {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      tasks.add(Task.of("b" + i, "Which birds?", "crow " + i + " and gull " + i));
    }
    Workspace.current().put("birds", Dataset.of("birds", tasks));
    String slow =
        """
        System.setProperty("%1$s", String.valueOf(Integer.getInteger("%1$s", 0) + 1));
        java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        return true;
        """
            .formatted(JUDGED);
    Workspace.current().put("slow", new RewardCompiler().compile("slow", slow));
    System.clearProperty(JUDGED);
    String check = "%judge check slow --data=birds --pairs=0 --url=http://127.0.0.1:9 --model=m";
    CompletableFuture<CellError> failed = CompletableFuture.supplyAsync(() -> notebook.fail(check));
    // Three readings and a padded one of four answers are a group.
    while (Integer.getInteger(JUDGED, 0) < 40 && !failed.isDone()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    notebook.interpreter.interrupt();
    CellError error = failed.get(30, TimeUnit.SECONDS);
    assertEquals("Interrupted", error.errorName(), TestNotebook.plain(error));
    assertTrue(TestNotebook.plain(error).contains("shown above"), TestNotebook.plain(error));
    assertTrue(notebook.shown().contains(" groups of "), notebook.shown());
  }

  @Test
  void anInterruptOfNothingDoesNothing() throws Exception {
    notebook.interpreter.interrupt();
    assertEquals("3", notebook.run("1 + 2"));
    notebook.interpreter.interrupt();
    assertEquals("", notebook.run("%xmode plain"));
  }
}
