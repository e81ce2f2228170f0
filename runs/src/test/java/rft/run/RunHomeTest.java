package rft.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHomeTest {
  private static final Clock EVENING =
      Clock.fixed(Instant.parse("2026-11-24T21:30:12Z"), ZoneOffset.UTC);

  @TempDir Path root;

  @Test
  void anIdTellsNameAndTime() throws IOException {
    RunHome home = new RunHome(root, EVENING);

    assertTrue(
        home.create("addition").id().matches("addition-20261124-213012-[0-9a-f]{4}"), "addition");
    assertTrue(home.create(null).id().matches("run-20261124-213012-[0-9a-f]{4}"), "null");
    assertTrue(home.create("../../etc/Passwd").id().startsWith("etc-passwd-2026"), "path");
    assertTrue(home.create("\u00e4\u4e2d  \u0000").id().startsWith("run-2026"), "no letters");
    assertTrue(home.create("x".repeat(500)).id().length() <= 64, "long");
  }

  @Test
  void manyRunsOfOneSecondGetFoldersOfTheirOwn() throws IOException {
    RunHome home = new RunHome(root, EVENING);
    long distinct = 0;
    for (int i = 0; i < 50; i++) {
      home.create("a");
      distinct++;
    }

    assertEquals(distinct, DurableFile.list(root.resolve("runs")).size());
  }

  @Test
  void runsAreForTheUserAlone() throws IOException {
    RunFolder folder = new RunHome(root.resolve("home")).create("a");

    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("home/runs"))));
    assertTrue(Files.isDirectory(folder.controlFolder()));
  }

  @Test
  void anUnknownIdNamesTheNearest() throws IOException {
    RunHome home = new RunHome(root);
    assertTrue(message(home, "x").contains("there are no runs in"), "empty home");
    String id = home.create("addition").id();
    home.create("sorting");

    assertEquals(id, home.open(id).id());
    assertTrue(message(home, "additon" + id.substring(8)).endsWith("the nearest is " + id));
    assertTrue(message(home, "addition").endsWith("the nearest is " + id), "a prefix");
  }

  @Test
  void pathsAndLinksAreNoIds() throws IOException {
    RunHome home = new RunHome(root);
    RunFolder folder = home.create("a");
    Path link = root.resolve("runs").resolve("linked");
    Files.createSymbolicLink(link, root);

    for (String id :
        List.of(
            "..",
            ".",
            "",
            "/",
            "../runs/" + folder.id(),
            folder.path().toString(),
            "A",
            "a\u0000",
            "%2e%2e",
            "a\\b",
            "linked",
            "a".repeat(65),
            "\u202egnp")) {
      String message = message(home, id);
      assertTrue(message.startsWith("there is no run "), message);
      assertFalse(message.contains("\u202e") || message.contains("\u0000"), "printable");
    }
    assertEquals(List.of(), home.list());
  }

  @Test
  void runsAreListedNewestFirst() throws IOException {
    RunHome home = new RunHome(root);
    String older = written(home, "2026-01-01T00:00:00Z");
    String newest = written(home, "2026-03-01T00:00:00Z");
    String middle = written(home, "2026-02-01T00:00:00Z");

    List<RunSummary> runs = home.list();

    assertEquals(List.of(newest, middle, older), runs.stream().map(RunSummary::id).toList());
    assertEquals(RunStatus.FINISHED, runs.get(0).status());
    assertEquals(1, runs.get(0).lastStep());
    assertEquals(0.1, runs.get(0).lastMetrics().get(Metric.REWARD_MEAN.key()));
    assertEquals("addition", runs.get(0).header().name());
  }

  @Test
  void damagedRunsAreListedAsDamagedWithTheReason() throws IOException {
    RunFolder cutHeader = SampleRun.written(root, 1);
    Files.writeString(
        cutHeader.headerFile(), Files.readString(cutHeader.headerFile()).substring(9));
    RunFolder noHeader = SampleRun.written(root, 1);
    Files.delete(noHeader.headerFile());
    RunFolder noDatabase = SampleRun.written(root, 1);
    Files.delete(noDatabase.databaseFile());
    RunFolder garbage = SampleRun.written(root, 1);
    Files.writeString(garbage.databaseFile(), "not a database at all".repeat(1000));
    RunFolder emptyDatabase = SampleRun.written(root, 1);
    Files.write(emptyDatabase.databaseFile(), new byte[0]);
    RunFolder stranger = SampleRun.written(root, 1);
    SampleRun.header(cutHeader).write(stranger);
    RunFolder binary = SampleRun.written(root, 1);
    Files.write(binary.headerFile(), new byte[] {(byte) 0xff, (byte) 0xfe});
    RunFolder whole = SampleRun.written(root, 1);

    List<RunSummary> runs = new RunHome(root).list();

    assertEquals(8, runs.size());
    assertReason(runs, cutHeader, "is not valid JSON");
    assertReason(runs, noHeader, "run.json is missing");
    assertReason(runs, noDatabase, "run.db is missing");
    assertReason(runs, garbage, "run.db is damaged");
    assertReason(runs, emptyDatabase, "has no tables");
    assertReason(runs, stranger, "belongs to run " + cutHeader.id());
    assertReason(runs, binary, "not UTF-8");
    assertEquals(RunStatus.CRASHED, of(runs, whole).status());
  }

  @Test
  void anEmptyFolderAndARunThatIsBeingCreatedAreNotListed() throws IOException {
    RunHome home = new RunHome(root);
    home.create("a");
    RunFolder starting = home.create("b");
    try (RunLock lock = RunLock.take(starting)) {
      SqliteFile.openForWriting(starting.databaseFile(), RunSchema.TABLES).close();
      assertEquals(List.of(), home.list());
    }
  }

  @Test
  void aFolderWithoutRunsListsNone() throws IOException {
    assertEquals(List.of(), new RunHome(root.resolve("absent")).list());
  }

  private static String written(RunHome home, String created) throws IOException {
    RunFolder folder = home.create("addition");
    RunHeader sample = SampleRun.header(folder);
    RunHeader header =
        new RunHeader(
            sample.id(),
            sample.name(),
            Instant.parse(created),
            sample.version(),
            sample.options(),
            sample.dataset(),
            sample.reward(),
            new RunHeader.RewardInfo("true-check", "0"),
            sample.model(),
            "other-run@50",
            sample.machine());
    try (RunWriter writer = RunWriter.create(folder, header)) {
      writer.writeStep(1, Map.of(Metric.REWARD_MEAN.key(), 0.1), List.of());
      writer.event(RunEvent.Kind.FINISHED, 1, "");
    }
    return folder.id();
  }

  private static String message(RunHome home, String id) {
    return assertThrows(IllegalArgumentException.class, () -> home.open(id)).getMessage();
  }

  private static RunSummary of(List<RunSummary> runs, RunFolder folder) {
    return runs.stream().filter(run -> run.id().equals(folder.id())).findFirst().orElseThrow();
  }

  private static void assertReason(List<RunSummary> runs, RunFolder folder, String reason) {
    RunSummary run = of(runs, folder);
    assertTrue(run.isDamaged(), reason);
    assertTrue(run.problem().contains(reason), run.problem());
  }
}
