package rft.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.run.RunEvent;
import rft.run.RunFolder;
import rft.run.RunHome;
import rft.run.RunReader;
import rft.run.RunStatus;

final class ReplayTest {
  private static final Path RECORDED =
      Path.of(System.getProperty("rft.root", "..")).resolve("datasets/demo/runs");
  private static final String LEARNS = "demo-learns";

  @TempDir Path folder;

  private RunFolder copy() throws IOException {
    return new RunHome(folder).open(LEARNS);
  }

  private static void await(Condition condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.holds()) {
      assertTrue(System.nanoTime() < end, "not within a minute");
      Thread.sleep(50);
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private int lastStep() throws IOException {
    try (RunReader reader = RunReader.open(copy())) {
      return reader.lastStep();
    }
  }

  @Test
  void aReplayWritesWhatWasRecordedAndRunsUntilItsEnd() throws Exception {
    try (Replay replay = Replay.start(RECORDED, new RunHome(folder), Replay.FASTEST)) {
      replay.begin();
      try (RunReader growing = RunReader.open(copy())) {
        assertEquals(RunStatus.RUNNING, growing.status());
      }
      await(() -> !replay.state().playing());
      assertEquals(List.of("demo-collapses", "demo-hacks", LEARNS), replay.state().runs());
    }
    try (RunReader recorded = RunReader.open(new RunFolder(RECORDED.resolve(LEARNS)));
        RunReader replayed = RunReader.open(copy())) {
      assertEquals(RunStatus.FINISHED, replayed.status());
      assertEquals(recorded.series(), replayed.series());
      for (String key : recorded.series()) {
        assertEquals(recorded.metric(key), replayed.metric(key), key);
      }
      assertEquals(recorded.rollouts(20), replayed.rollouts(20));
      assertEquals(kinds(recorded), kinds(replayed));
      assertEquals(recorded.header().reward(), replayed.header().reward());
    }
  }

  private static List<RunEvent.Kind> kinds(RunReader reader) throws IOException {
    return reader.events().stream().map(RunEvent::kind).toList();
  }

  @Test
  void itStandsStillAndBeginsAnew() throws Exception {
    try (Replay replay = Replay.start(RECORDED, new RunHome(folder), Replay.FASTEST)) {
      replay.begin();
      await(() -> lastStep() >= 3);
      replay.setPlaying(false);
      replay.begin();
      int stopped = lastStep();
      Thread.sleep(400);
      assertEquals(stopped, lastStep());
      assertFalse(replay.state().playing());
      replay.setSpeed(Replay.SLOWEST);
      replay.restart();
      assertEquals(0, lastStep());
      assertTrue(replay.state().playing());
      assertTrue(replay.state().seconds() < 5, replay.state().toString());
    }
  }

  @Test
  void itWaitsForSomebodyToLook() throws Exception {
    try (Replay replay = Replay.start(RECORDED, new RunHome(folder), Replay.FASTEST)) {
      Thread.sleep(500);
      assertEquals(0, replay.state().seconds());
      replay.begin();
      await(() -> replay.state().seconds() > 0);
    }
  }

  @Test
  void itGoesOnToAStepAtOnceButNeverBack() throws Exception {
    try (Replay replay = Replay.start(RECORDED, new RunHome(folder), Replay.SLOWEST)) {
      replay.reach(LEARNS, 10);
      assertEquals(10, lastStep());
      double reached = replay.state().seconds();
      replay.reach(LEARNS, 5);
      assertEquals(reached, replay.state().seconds());
      replay.reach("demo-collapses", 50);
      assertEquals(replay.state().total(), replay.state().seconds());
      assertThrows(IllegalArgumentException.class, () -> replay.reach("other", 1));
    }
  }

  @Test
  void aSpeedHasBounds() throws Exception {
    RunHome home = new RunHome(folder);
    String message =
        assertThrows(IllegalArgumentException.class, () -> Replay.start(RECORDED, home, 51))
            .getMessage();
    assertEquals("speed (51) must be from 1 to 50", message);
  }
}
