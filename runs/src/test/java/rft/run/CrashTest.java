package rft.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
  @TempDir Path root;

  @Test
  void everyAcknowledgedStepSurvivesAKill() throws Exception {
    killInALoop(2);
  }

  @Test
  @Tag("slow")
  void everyAcknowledgedStepSurvivesManyKills() throws Exception {
    killInALoop(12);
  }

  @Test
  void aKilledProcessLeavesNoLibraryBehind() throws Exception {
    Path temporary = Files.createDirectory(root.resolve("tmp"));
    RunFolder folder = new RunHome(root).create("addition");
    try (TrainerProcess trainer = TrainerProcess.start(folder, temporary.toString())) {
      assertEquals("took the run", trainer.line());
      trainer.killAndReadLastStep();
    }
    assertEquals(List.of(), DurableFile.list(temporary));
  }

  private void killInALoop(int kills) throws Exception {
    RunFolder folder = new RunHome(root).create("addition");
    int acknowledged = 0;
    for (int kill = 1; kill <= kills; kill++) {
      try (TrainerProcess trainer = TrainerProcess.start(folder)) {
        assertEquals("took the run", trainer.line());
        try (RunReader reader = RunReader.open(folder)) {
          readWhileItWrites(reader, trainer, acknowledged + 3 * kill);
          int last = trainer.killAndReadLastStep();
          acknowledged = Math.max(last, acknowledged);
          assertWhole(folder, reader, acknowledged);
        }
        assertEquals(RunStatus.CRASHED, new RunHome(root).list().get(0).status());
      }
    }
    assertTrue(acknowledged > kills, "steps were written: " + acknowledged);
  }

  private static void readWhileItWrites(RunReader reader, TrainerProcess trainer, int until)
      throws IOException {
    int written = 0;
    while (written < until) {
      trainer.line();
      written = trainer.lastStep();
      int seen = reader.lastStep();
      assertTrue(seen >= written, "step " + written + " was acknowledged, " + seen + " is visible");
      assertEquals(SampleRun.metrics(seen), reader.metricsAt(seen));
      assertEquals(SampleRun.rollouts(seen), reader.rollouts(seen));
    }
  }

  private static void assertWhole(RunFolder folder, RunReader reader, int acknowledged)
      throws IOException {
    int last = reader.lastStep();
    assertTrue(last == acknowledged || last == acknowledged + 1, last + " vs " + acknowledged);
    for (int step = 1; step <= last; step++) {
      assertEquals(SampleRun.metrics(step), reader.metricsAt(step));
      assertEquals(SampleRun.rollouts(step), reader.rollouts(step));
    }
    try (SqliteFile database = SqliteFile.openForReading(folder.databaseFile(), RunSchema.TABLES)) {
      assertEquals(
          List.of("ok"), database.query("PRAGMA integrity_check", row -> row.getString(1)));
    }
  }

  @Test
  void aReaderGoesOnWhileTheTrainerIsStopped() throws Exception {
    RunFolder folder = new RunHome(root).create("addition");
    try (TrainerProcess trainer = TrainerProcess.start(folder)) {
      assertEquals("took the run", trainer.line());
      for (int stop = 1; stop <= 5; stop++) {
        trainer.line();
        signal("-STOP", trainer);
        try (RunReader reader = RunReader.open(folder)) {
          assertTrue(reader.lastStep() >= trainer.lastStep());
          assertEquals(RunStatus.RUNNING, reader.status(), "stopped, not dead");
        } finally {
          signal("-CONT", trainer);
        }
      }
      int before = trainer.lastStep();
      trainer.line();
      assertEquals(before + 1, trainer.lastStep());
    }
  }

  private static void signal(String name, TrainerProcess trainer) throws Exception {
    String pid = Long.toString(trainer.pid());
    assertEquals(0, new ProcessBuilder("sh", "-c", "kill " + name + " " + pid).start().waitFor());
  }

  @Test
  void aRunCopiedWhileItIsWrittenOpens() throws Exception {
    RunFolder folder = new RunHome(root).create("addition");
    try (TrainerProcess trainer = TrainerProcess.start(folder)) {
      for (int i = 0; i < 4; i++) {
        trainer.line();
      }
      int last = trainer.killAndReadLastStep();
      RunFolder copy = new RunFolder(root.resolve("runs").resolve("copy"));
      Files.createDirectories(copy.path());
      for (String name : List.of("run.db", "run.db-wal")) {
        Files.copy(folder.path().resolve(name), copy.path().resolve(name));
      }
      try (RunReader reader = RunReader.open(copy)) {
        assertTrue(reader.lastStep() >= last);
        assertEquals(SampleRun.metrics(last), reader.metricsAt(last));
      }
    }
  }
}
