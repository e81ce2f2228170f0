package rft.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.reward.Score;
import rft.run.Metric;
import rft.run.RunEvent;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunHome;
import rft.run.RunInputs;
import rft.run.RunReader;
import rft.run.RunWriter;
import rft.run.StoredRollout;
import rft.run.TrainOptions;

/** A real run, written and read at the same time. */
class HealthWatchTest {
  @TempDir private Path root;
  private RunFolder folder;

  @BeforeEach
  void createFolder() throws IOException {
    folder = new RunHome(root).create("watched");
  }

  private RunHeader header() {
    RunHeader.RewardInfo reward = new RunHeader.RewardInfo("exact", "cd".repeat(32));
    return new RunHeader(
        folder.id(),
        "watched",
        Instant.parse("2026-11-24T21:30:12Z"),
        "0.1.0",
        TrainOptions.standard(RunInputs.onCpu("tiny-chat", "addition", "exact")),
        new RunHeader.DatasetInfo("ab".repeat(32), Map.of("train", 800, "validation", 100)),
        reward,
        null,
        new RunHeader.ModelInfo("tiny-chat", 900_000, "ef".repeat(32)),
        null,
        new RunHeader.Machine("17", "Linux", 2, "none"));
  }

  private static void step(RunWriter writer, int step, double mixed) throws IOException {
    Map<String, Double> metrics =
        Map.of(
            Metric.REWARD_MEAN.key(),
            mixed / 2,
            Metric.GRAD_NORM.key(),
            0.1,
            Metric.GROUP_MIXED.key(),
            mixed,
            Metric.GROUP_ALL_BAD.key(),
            1 - mixed,
            Metric.GROUP_ALL_GOOD.key(),
            0.0);
    StoredRollout rollout =
        new StoredRollout(
            step,
            0,
            0,
            "task",
            null,
            "1 + 1?",
            "3",
            "stop",
            new int[] {5},
            new boolean[] {true},
            new float[] {-1},
            new float[] {1},
            null,
            Score.of(0),
            0,
            0);
    writer.writeStep(step, metrics, List.of(rollout));
  }

  @Test
  void aLookAtARunThatGrowsSeesWhatAFreshLookSees() throws IOException {
    Clock still = Clock.fixed(Instant.now().plusSeconds(1), ZoneOffset.UTC);
    HealthWatch watch = new HealthWatch(still);
    try (RunWriter writer = RunWriter.create(folder, header());
        RunReader reader = RunReader.open(folder)) {
      assertTrue(watch.look(reader).alarms().isEmpty(), "nothing is written yet");
      writer.event(RunEvent.Kind.STARTED, 0, "");
      writer.writeStep(0, Map.of(Metric.VALIDATION_ACCURACY.key(), 0.2), List.of());
      assertEquals(0, watch.look(reader).step());
      for (int step = 1; step <= 12; step++) {
        step(writer, step, step < 5 ? 0.5 : 0);
        assertEquals(new HealthWatch(still).look(reader), watch.look(reader));
      }
      Alarm alarm = watch.look(reader).alarms().get(0);
      assertEquals("no-signal", alarm.rule());
      assertEquals(5, alarm.since());
      assertEquals(List.of(new Place(12, 0, 0)), alarm.rollouts());
      assertTrue(watch.look(reader).saysStop());
    }
  }

  @Test
  void stepsThatAResumeDropsAreForgotten() throws IOException {
    HealthWatch watch = new HealthWatch();
    try (RunWriter writer = RunWriter.create(folder, header());
        RunReader reader = RunReader.open(folder)) {
      writer.event(RunEvent.Kind.STARTED, 0, "");
      for (int step = 1; step <= 12; step++) {
        step(writer, step, step < 5 ? 0.5 : 0);
      }
      assertTrue(watch.look(reader).saysStop());
      writer.truncateAfter(6);
      assertEquals(6, watch.look(reader).step());
      assertFalse(watch.look(reader).saysStop());
    }
  }
}
