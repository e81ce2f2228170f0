package rft.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.cell.CellError;
import rft.run.RunHome;
import rft.run.RunReader;
import rft.run.RunStatus;

/** Trains the bundled model for real, in tiny steps. */
@Tag("slow")
final class TrainMagicTest {
  private static final String TINY =
      "%train --data addition --tasks-per-step 2 --group-size 2 --max-new-tokens 8"
          + " --validate-every 0 --threads 1 ";

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
  void aTrainedRunIsATypedVariable() throws CellError {
    notebook.run(TINY + "--steps 1 --as run1");
    assertEquals("FINISHED", notebook.run("run1.status()").toUpperCase(java.util.Locale.ROOT));
    String list = notebook.run("%runs");
    assertTrue(list.contains(notebook.run("run1.id()")), list);
    assertTrue(notebook.run("%runs show run1").length() > 50);
    String again = notebook.run("%train --resume run1");
    assertTrue(again.contains("to train it further: %train --fork"), again);
  }

  @Test
  void anInterruptedTrainingIsSavedAndGoesOn() throws Exception {
    CompletableFuture<CellError> failed =
        CompletableFuture.supplyAsync(() -> notebook.fail(TINY + "--steps 2000 --as long1"));
    await(() -> failed.isDone() || steps() >= 2);
    Instant asked = Instant.now();
    notebook.interpreter.interrupt();
    CellError error = failed.get(60, TimeUnit.SECONDS);
    assertEquals("Interrupted", error.errorName(), TestNotebook.plain(error));
    assertTrue(Duration.between(asked, Instant.now()).toSeconds() < 20);
    String id = notebook.run("long1.id()");
    assertTrue(error.getMessage().contains("%train --resume " + id), error.getMessage());
    assertTrue(notebook.shown().contains("Stopping"));
    RunHome runs = RunHome.standard();
    int saved;
    try (RunReader reader = RunReader.open(runs.open(id))) {
      assertEquals(RunStatus.PAUSED, reader.status());
      saved = reader.lastStep();
      assertEquals(
          saved, reader.checkpoints().steps().get(reader.checkpoints().steps().size() - 1));
    }
    assertTrue(error.getMessage().contains("step " + saved), error.getMessage());
    CompletableFuture<CellError> again =
        CompletableFuture.supplyAsync(() -> notebook.fail("%train --resume long1 --as long1"));
    await(() -> again.isDone() || steps() > saved);
    notebook.interpreter.interrupt();
    assertEquals("Interrupted", again.get(60, TimeUnit.SECONDS).errorName());
  }

  @Test
  void aTrainingInTheBackgroundLeavesThePromptFree() throws Exception {
    notebook.run(TINY + "--steps 2000 --background --as bg");
    // Before the run has an id, too: a notebook that runs by itself does not wait for it.
    assertTrue(notebook.run("%stop bg").contains("job1"));
    notebook.run("%wait bg");
    notebook.run(TINY + "--steps 2000 --background --as bg");
    await(() -> steps() >= 1);
    String id = notebook.run("bg.id()");
    assertTrue(notebook.run("%runs").contains(id));
    assertTrue(notebook.run("%jobs").contains("running"));
    CompletableFuture<CellError> stopped =
        CompletableFuture.supplyAsync(() -> notebook.fail("while (true);"));
    TimeUnit.MILLISECONDS.sleep(1500);
    notebook.interpreter.interrupt();
    assertEquals("Interrupted", stopped.get(20, TimeUnit.SECONDS).errorName());
    CompletableFuture<CellError> released =
        CompletableFuture.supplyAsync(() -> notebook.fail("%wait bg"));
    TimeUnit.MILLISECONDS.sleep(1500);
    notebook.interpreter.interrupt();
    assertEquals("Interrupted", released.get(20, TimeUnit.SECONDS).errorName());
    int before = steps();
    await(() -> steps() > before);
    assertTrue(notebook.run("%jobs").contains("running"));
    notebook.run("%stop bg");
    notebook.run("%wait bg");
    assertFalse(notebook.run("%jobs").contains("running"), notebook.run("%jobs"));
    try (RunReader reader = RunReader.open(RunHome.standard().open(id))) {
      assertEquals(RunStatus.PAUSED, reader.status());
    }
    assertEquals("UnknownJob", notebook.fail("%stop nothing").errorName());
  }

  @Test
  void aSecondInterruptStopsHardAndTheNotebookGoesOn() throws Exception {
    CompletableFuture<CellError> failed =
        CompletableFuture.supplyAsync(() -> notebook.fail(TINY + "--steps 2000"));
    await(() -> failed.isDone() || steps() >= 1);
    notebook.interpreter.interrupt();
    notebook.interpreter.interrupt();
    assertEquals("Interrupted", failed.get(20, TimeUnit.SECONDS).errorName());
    assertEquals("2", notebook.run("1 + 1"));
    notebook.run(TINY + "--steps 1 --as next");
    assertEquals("FINISHED", notebook.run("next.status().name()"));
  }

  @Test
  void aTrainingThatJavaCallsIsSavedTooWhenInterrupted() throws Exception {
    CompletableFuture<CellError> failed =
        CompletableFuture.supplyAsync(
            () ->
                notebook.fail(
                    "var report = Rft.train().data(\"addition\").steps(2000).tasksPerStep(2)",
                    "    .groupSize(2).maxNewTokens(8).validateEvery(0).threads(1).run();"));
    await(() -> failed.isDone() || steps() >= 2);
    notebook.interpreter.interrupt();
    assertEquals("Interrupted", failed.get(20, TimeUnit.SECONDS).errorName());
    assertEquals("PAUSED", notebook.run("report.lastRun().status().name()"));
  }

  private int steps() {
    try {
      RunHome runs = RunHome.standard();
      if (runs.list().isEmpty()) {
        return -1;
      }
      try (RunReader reader = RunReader.open(runs.open(runs.list().get(0).id()))) {
        return reader.lastStep();
      }
    } catch (java.io.IOException | RuntimeException e) {
      return -1;
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plusSeconds(40);
    while (!condition.getAsBoolean()) {
      assertTrue(Instant.now().isBefore(end), "waited 40 s in vain");
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
