package rft.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {
  @TempDir Path root;

  @Test
  void everythingWrittenIsRead() throws IOException {
    RunFolder folder = SampleRun.written(root, 4);

    try (RunReader reader = RunReader.open(folder)) {
      assertEquals(SampleRun.header(folder), reader.header());
      assertEquals(List.of(1, 2, 3, 4), reader.steps());
      assertEquals(4, reader.lastStep());
      for (int step = 1; step <= 4; step++) {
        assertEquals(SampleRun.metrics(step), reader.metricsAt(step));
        assertEquals(SampleRun.rollouts(step), reader.rollouts(step));
        assertEquals(
            SampleRun.rollouts(step).stream().map(StoredRollout::row).toList(),
            reader.rolloutIndex(step));
      }
      assertEquals(16, reader.rolloutIndex().size());
      assertEquals(List.of(1, 2, 3, 4), reader.rolloutSteps());
    }
  }

  @Test
  void metricsComeByStepWithGapsAndNonFiniteValues() throws IOException {
    RunFolder folder = SampleRun.written(root, 3);

    try (RunReader reader = RunReader.open(folder)) {
      assertEquals(
          List.of(new Point(1, 1), new Point(2, Double.NaN), new Point(3, 1 / 3.0)),
          reader.metric(Metric.LOSS.key()));
      assertEquals(List.of(new Point(2, 0.1)), reader.metric(Metric.VALIDATION_ACCURACY.key()));
      assertEquals(Double.POSITIVE_INFINITY, reader.lastMetrics().get(Metric.GRAD_NORM.key()));
      assertEquals(0.1, reader.lastMetrics().get(Metric.VALIDATION_ACCURACY.key()));
      assertEquals(List.of(), reader.metric("no/such"));
      assertEquals(
          List.of(
              "reward/mean",
              "reward/part/format",
              "train/grad_norm",
              "train/loss",
              "validation/accuracy"),
          reader.series());
    }
  }

  @Test
  void aStepWithoutRolloutsHasNoSegment() throws IOException {
    RunFolder folder = new RunHome(root).create(null);
    try (RunWriter writer = RunWriter.create(folder, SampleRun.header(folder));
        RunReader reader = RunReader.open(folder)) {
      writer.writeStep(1, Map.of("train/loss", 0.5), List.of());

      assertEquals(List.of(), reader.rollouts(1));
      assertEquals(List.of(), reader.rolloutSteps());
      assertEquals(List.of(), DurableFile.list(folder.rolloutsFolder()));
      assertEquals(0.5, reader.metricsAt(1).get("train/loss"));
    }
  }

  @Test
  void aStepIsWrittenOnceAndInOrder() throws IOException {
    RunFolder folder = new RunHome(root).create(null);
    try (RunWriter writer = RunWriter.create(folder, SampleRun.header(folder));
        RunReader reader = RunReader.open(folder)) {
      writer.writeStep(2, SampleRun.metrics(2), SampleRun.rollouts(2));

      refused("step 2 is not beyond step 2", () -> writer.writeStep(2, Map.of(), List.of()));
      refused("step 1 is not beyond step 2", () -> writer.writeStep(1, Map.of(), List.of()));
      refused(
          "a rollout of step 2 cannot be written with step 3",
          () -> writer.writeStep(3, Map.of(), SampleRun.rollouts(2)));
      assertEquals(SampleRun.rollouts(2), reader.rollouts(2));
      assertEquals(List.of(2), reader.steps());
    }
  }

  @Test
  void aStepThatFailsHalfWayLeavesNothingVisible() throws IOException {
    RunFolder folder = new RunHome(root).create(null);
    StoredRollout one = SampleRun.rollouts(1).get(0);
    try (RunWriter writer = RunWriter.create(folder, SampleRun.header(folder));
        RunReader reader = RunReader.open(folder)) {
      assertThrows(
          IOException.class,
          () -> writer.writeStep(1, SampleRun.metrics(1), List.of(one, one)),
          "two rollouts of one place");

      assertEquals(List.of(), reader.steps());
      assertEquals(List.of(), reader.series());
      assertEquals(List.of(), reader.rollouts(1));
      writer.writeStep(1, SampleRun.metrics(1), SampleRun.rollouts(1));
      assertEquals(SampleRun.metrics(1), reader.metricsAt(1));
    }
  }

  @Test
  void eventsKeepOrderAndDecideTheStatus() throws IOException {
    RunFolder folder = new RunHome(root).create(null);
    try (RunWriter writer = RunWriter.create(folder, SampleRun.header(folder));
        RunReader reader = RunReader.open(folder)) {
      assertEquals(RunStatus.RUNNING, reader.status());
      writer.event(RunEvent.Kind.STARTED, 0, "");
      writer.event(RunEvent.Kind.WARNING, 3, "entropy is five times that of the start");
      assertEquals(RunStatus.RUNNING, reader.status());
      writer.event(RunEvent.Kind.PAUSED, 4, "");
      assertEquals(RunStatus.PAUSED, reader.status());
      writer.event(RunEvent.Kind.RESUMED, 4, "");
      assertEquals(RunStatus.RUNNING, reader.status());

      List<RunEvent> events = reader.events();
      assertEquals(4, events.size());
      assertEquals("entropy is five times that of the start", events.get(1).detail());
      assertTrue(
          IntStream.range(1, 4)
              .allMatch(i -> events.get(i).sequence() > events.get(i - 1).sequence()));
    }
    try (RunReader reader = RunReader.open(folder)) {
      assertEquals(RunStatus.CRASHED, reader.status());
    }
  }

  @Test
  void resumeDropsEverythingBeyondTheCheckpoint() throws IOException {
    RunFolder folder = SampleRun.written(root, 4);
    try (RunWriter writer = RunWriter.resume(folder);
        RunReader reader = RunReader.open(folder)) {
      writer.checkpoints().write(2, to -> Files.writeString(to.resolve("state"), "two"));
      writer.checkpoints().write(4, to -> Files.writeString(to.resolve("state"), "four"));
      writer.event(RunEvent.Kind.PAUSED, 4, "");
      long dropped = reader.events().get(1).sequence();
      writer.truncateAfter(2);

      assertEquals(List.of(1, 2), reader.steps());
      assertEquals(8, reader.rolloutIndex().size());
      assertEquals(2, DurableFile.list(folder.rolloutsFolder()).size());
      assertEquals(2, reader.metric(Metric.LOSS.key()).size());
      assertEquals(List.of(RunEvent.Kind.STARTED), kinds(reader));
      assertEquals(List.of(2), reader.checkpoints().steps());
      assertEquals(1, reader.generation());

      writer.event(RunEvent.Kind.RESUMED, 2, "");
      writer.writeStep(3, SampleRun.metrics(3), SampleRun.rollouts(3));
      assertEquals(SampleRun.rollouts(3), reader.rollouts(3));
      assertTrue(reader.events().get(1).sequence() > dropped, "a number is never used twice");
    }
  }

  @Test
  void truncationToTheStartLeavesNoSeries() throws IOException {
    RunFolder folder = SampleRun.written(root, 2);
    try (RunWriter writer = RunWriter.resume(folder);
        RunReader reader = RunReader.open(folder)) {
      writer.truncateAfter(0);

      assertEquals(List.of(), reader.series());
      assertEquals(0, reader.lastStep());
      writer.writeStep(1, SampleRun.metrics(1), List.of());
      assertEquals(SampleRun.metrics(1), reader.lastMetrics());
    }
  }

  @Test
  void aReaderThatPollsSeesThatTheRunChanged() throws IOException {
    RunFolder folder = new RunHome(root).create(null);
    try (RunWriter writer = RunWriter.create(folder, SampleRun.header(folder));
        RunReader reader = RunReader.open(folder)) {
      long before = reader.dataVersion();
      assertEquals(before, reader.dataVersion());
      writer.writeStep(1, SampleRun.metrics(1), List.of());
      assertNotEquals(before, reader.dataVersion());
    }
  }

  @Test
  void aFolderHoldsOneRun() throws IOException {
    RunFolder folder = SampleRun.written(root, 1);

    String message =
        assertThrows(
                IllegalStateException.class,
                () -> RunWriter.create(folder, SampleRun.header(folder)))
            .getMessage();
    assertTrue(message.contains("resume it"), message);
    try (RunReader reader = RunReader.open(folder)) {
      assertEquals(1, reader.lastStep());
    }
    refused(
        "does not belong to folder",
        () -> RunWriter.create(new RunHome(root).create("x"), SampleRun.header(folder)));
  }

  @Test
  void aReaderCannotWrite() throws IOException {
    RunFolder folder = SampleRun.written(root, 1);
    try (SqliteFile database = SqliteFile.openForReading(folder.databaseFile(), RunSchema.TABLES)) {
      assertThrows(IOException.class, () -> database.update("DELETE FROM metric"));
    }
  }

  @Test
  void aNewerSchemaIsRefusedWithItsVersion() throws IOException {
    RunFolder folder = SampleRun.written(root, 1);
    try (SqliteFile database = SqliteFile.openForWriting(folder.databaseFile(), RunSchema.TABLES)) {
      database.execute("PRAGMA user_version = 99");
    }

    for (IOException e :
        List.of(
            assertThrows(IOException.class, () -> RunReader.open(folder)),
            assertThrows(IOException.class, () -> RunWriter.resume(folder)))) {
      assertTrue(
          e.getMessage().contains("newer version of this product (schema 99"), e::getMessage);
    }
  }

  @Test
  void aFolderOnTheNetworkGetsTheJournalThatWorksThere() {
    assertEquals("WAL", SqliteFile.journalFor("ext4"));
    assertEquals("WAL", SqliteFile.journalFor("apfs"));
    assertEquals("DELETE", SqliteFile.journalFor("nfs4"));
    assertEquals("DELETE", SqliteFile.journalFor("CIFS"));
  }

  @Test
  void aClosedRunLeavesNoJournalBehind() throws IOException {
    RunFolder folder = SampleRun.written(root, 2);

    assertFalse(Files.exists(folder.path().resolve("run.db-wal")));
    assertEquals(
        List.of("checkpoints", "control", "lock", "rollouts", "run.db", "run.json"),
        DurableFile.list(folder.path()).stream().map(DurableFile::nameOf).toList());
  }

  private static List<RunEvent.Kind> kinds(RunReader reader) throws IOException {
    return reader.events().stream().map(RunEvent::kind).toList();
  }

  private static void refused(String part, org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
