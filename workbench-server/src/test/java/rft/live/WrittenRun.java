package rft.live;

import java.io.IOException;
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

/** Runs as a trainer writes them, without a trainer. */
public final class WrittenRun {
  private WrittenRun() {}

  static RunHeader header(RunFolder folder, long seed) {
    return new RunHeader(
        folder.id(),
        "addition",
        Instant.parse("2026-11-24T21:30:12Z"),
        "0.1.0",
        TrainOptions.standard(RunInputs.onCpu("models/tiny-chat", "data/addition.jsonl", "exact"))
            .withSeed(seed),
        new RunHeader.DatasetInfo("ab".repeat(32), Map.of("train", 800, "validation", 100)),
        new RunHeader.RewardInfo("exact", "cd".repeat(32)),
        null,
        new RunHeader.ModelInfo("models/tiny-chat", 900_000, "ef".repeat(32)),
        null,
        new RunHeader.Machine("17.0.15", "Linux 6.1 amd64", 2, "PyTorch 2.7.1"));
  }

  /** Writes a run that finished after some steps. */
  static RunFolder finished(RunHome home, int steps) throws IOException {
    return finished(home, steps, 1);
  }

  static RunFolder finished(RunHome home, int steps, long seed) throws IOException {
    RunFolder folder = home.create("addition");
    try (RunWriter writer = RunWriter.create(folder, header(folder, seed))) {
      writer.event(RunEvent.Kind.STARTED, 0, "");
      write(writer, 0, steps);
      writer.event(RunEvent.Kind.FINISHED, steps, "");
    }
    return folder;
  }

  static void write(RunWriter writer, int from, int to) throws IOException {
    for (int step = from; step <= to; step++) {
      writer.writeStep(step, metrics(step), step == 0 ? List.of() : rollouts(step));
    }
  }

  /** Step 0 is a validation only; the loss of step 2 is not a number. */
  static Map<String, Double> metrics(int step) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    if (step > 0) {
      metrics.put(Metric.REWARD_MEAN.key(), step / 10.0);
      metrics.put(Metric.LOSS.key(), step == 2 ? Double.NaN : 1.0 / step);
    }
    if (step % 2 == 0) {
      metrics.put(Metric.VALIDATION_ACCURACY.key(), 0.25 + step / 20.0);
    }
    return metrics;
  }

  /** Returns the two rollouts of a step. */
  public static List<StoredRollout> rollouts(int step) {
    List<StoredRollout> rollouts = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      rollouts.add(
          new StoredRollout(
              step,
              0,
              i,
              "task-0",
              "train",
              "What is 1 + 1?",
              "answer " + step + "." + i,
              "stop",
              new int[] {1, 2},
              new boolean[] {true, true},
              new float[] {-0.5f, -1},
              new float[] {0.25f, 0},
              null,
              Score.of(i),
              i,
              i - 0.5));
    }
    return rollouts;
  }
}
