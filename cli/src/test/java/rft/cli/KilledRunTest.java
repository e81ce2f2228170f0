package rft.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A run whose process is taken away, again and again, ends like one that was left alone. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
final class KilledRunTest {
  private static final int KILLS = 4;
  private static final int STEPS = 8;
  private static final String[] OPTIONS = {
    "--data=json", "--steps=" + STEPS, "--validate-every=3", "--checkpoint-every=2", "--seed=3"
  };

  @TempDir Path folder;

  @Test
  void killedAtRandomMomentsItEndsTheSame() throws Exception {
    UserHome user = new UserHome(folder);
    String whole;
    long nanos;
    try (Background training = user.startTraining(OPTIONS)) {
      training.awaitErr(" begins;");
      long start = System.nanoTime();
      assertEquals(0, training.await().exitCode());
      nanos = System.nanoTime() - start;
      whole = user.onlyRun();
    }
    String killed = killedAndResumed(user, whole, nanos);

    assertSameFiles(user.checkpoint(whole, STEPS), user.checkpoint(killed, STEPS));
    assertEquals(user.metrics(whole), user.metrics(killed));
    assertEquals(user.rollouts(whole), user.rollouts(killed));
  }

  /** Returns the run; each kill comes within a quarter of the time that a whole run takes. */
  private static String killedAndResumed(UserHome user, String whole, long nanos) throws Exception {
    Random random = new Random(1);
    String killed = "";
    for (int kill = 0; kill < KILLS; kill++) {
      try (Background training = kill == 0 ? user.startTraining(OPTIONS) : resume(user, killed)) {
        training.awaitErr("pauses it");
        Thread.sleep((long) (random.nextDouble() * nanos / 4e6));
        assertTrue(training.isAlive(), "ended before it was killed");
        training.kill();
      }
      killed = user.runs().stream().filter(run -> !run.equals(whole)).findFirst().orElseThrow();
      assertEquals("crashed", user.status(killed));
    }
    try (Background training = resume(user, killed)) {
      assertEquals(0, training.await().exitCode());
    }
    return killed;
  }

  private static Background resume(UserHome user, String run) throws Exception {
    return user.launch().start("train", "--resume", run);
  }

  private static void assertSameFiles(Path one, Path other) throws Exception {
    List<Path> files = list(one);
    assertEquals(4, files.size(), "adapter, its configuration, optimizer and cursor: " + files);
    assertEquals(files.size(), list(other).size());
    for (Path file : files) {
      Path twin = other.resolve(file.getFileName());
      assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(twin), file.toString());
    }
  }

  private static List<Path> list(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void aFinishedRunIsNotTrainedAgain() throws Exception {
    UserHome user = new UserHome(folder);
    String run = user.trained("--data=json", "--steps=2");
    byte[] database = Files.readAllBytes(user.run(run).resolve("run.db"));
    Launch.Outcome again = user.ok("train", "--resume", run);
    assertTrue(again.out().contains("finished already"), again.out());
    assertTrue(again.out().contains("rft train --fork " + run + "@2 --steps 4"), again.out());
    assertArrayEquals(database, Files.readAllBytes(user.run(run).resolve("run.db")));
  }

  @Test
  void aRunGoesOnOnlyWithTheDatasetItBeganWith() throws Exception {
    UserHome user = new UserHome(folder);
    Path data = user.dataset("json", 60);
    String run;
    try (Background training =
        user.startTraining("--data=" + data, "--reward=json-match", "--steps=500")) {
      training.awaitErr("train 1");
      training.kill();
      run = user.onlyRun();
    }
    user.dataset("json", 61);
    Files.move(
        folder.resolve("json-61.jsonl"), data, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Launch.Outcome changed = user.rft("train", "--resume", run);
    assertEquals(1, changed.exitCode());
    UserHome.assertSentence("changed since run " + run + " began", changed.err());

    user.dataset("json", 60);
    Launch.Outcome other = user.rft("train", "--resume", run, "--lr", "1e-3");
    UserHome.assertRefused(2, "fork it to change --lr", other);
    Launch.Outcome unknown = user.rft("train", "--resume", run.replace("json", "jsom"));
    UserHome.assertRefused(4, "the nearest is " + run, unknown);
  }
}
