package rft.display;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rft.reward.Score;
import rft.run.Metric;
import rft.run.RunEvent;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunHome;
import rft.run.RunInputs;
import rft.run.RunWriter;
import rft.run.StoredRollout;
import rft.run.TrainOptions;

/** A finished run of few numbers, the same each time but for its seed. */
final class StoredRun {
  private StoredRun() {}

  static RunFolder write(Path root, int steps, long seed) throws IOException {
    RunFolder folder = new RunHome(root).create("sample");
    TrainOptions options =
        TrainOptions.standard(RunInputs.onCpu("tiny-chat", "addition", "exact")).withSeed(seed);
    RunHeader header =
        new RunHeader(
            folder.id(),
            "sample",
            Instant.parse("2026-11-24T21:30:12Z"),
            "0.1.0",
            options,
            new RunHeader.DatasetInfo("ab".repeat(32), Map.of("train", 80)),
            new RunHeader.RewardInfo("exact", "cd".repeat(32)),
            null,
            new RunHeader.ModelInfo("tiny-chat", 900_000, "ef".repeat(32)),
            null,
            new RunHeader.Machine("17", "Linux", 2, "PyTorch"));
    try (RunWriter writer = RunWriter.create(folder, header)) {
      writer.event(RunEvent.Kind.STARTED, 0, "");
      for (int step = 0; step <= steps; step++) {
        List<StoredRollout> rollouts = step == 1 ? rollouts("#### 7") : List.of();
        writer.writeStep(step, metrics(step, seed), rollouts);
      }
      writer.event(RunEvent.Kind.FINISHED, steps, "all done");
    }
    return folder;
  }

  static Map<String, Double> metrics(int step, long seed) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    double wave = (Math.sin(step) + 1) / 4;
    if (step > 0) {
      metrics.put(Metric.REWARD_MEAN.key(), 0.25 + wave + seed / 100.0);
      metrics.put(Metric.REWARD_P10.key(), 0.1);
      metrics.put(Metric.REWARD_P90.key(), 0.9);
      metrics.put(Metric.GROUP_ALL_BAD.key(), 0.5 - wave);
      metrics.put(Metric.GROUP_MIXED.key(), 0.5);
      metrics.put(Metric.GROUP_ALL_GOOD.key(), wave);
      metrics.put(Metric.ENTROPY.key(), step == 3 ? Double.NaN : 0.75);
      metrics.put(Metric.KL.key(), step / 1000.0);
      metrics.put(Metric.COMPLETION_LENGTH_MEAN.key(), 21.5);
      metrics.put(Metric.TOKENS_PER_SECOND.key(), 2345.0);
    }
    if (step % 5 == 0) {
      metrics.put(Metric.VALIDATION_ACCURACY.key(), 0.25 + seed / 10.0);
    }
    return metrics;
  }

  static List<StoredRollout> rollouts(String text) {
    List<StoredRollout> rollouts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      rollouts.add(
          new StoredRollout(
              1,
              0,
              i,
              "task-1",
              "train",
              "What is 3 + 4?",
              text,
              "stop",
              new int[] {1, 2},
              new boolean[] {true, true},
              new float[] {-0.5f, -0.25f},
              new float[] {0.5f, 0.5f},
              null,
              new Score(i / 2.0, Map.of("right", i / 2.0), "because", 0),
              i / 2.0,
              i - 1.0));
    }
    return rollouts;
  }
}
