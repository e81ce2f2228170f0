package rft.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rft.reward.Abstain;
import rft.reward.Failure;
import rft.reward.Score;
import rft.reward.Verdict;

/** A small run with every kind of verdict, the same each time. */
final class SampleRun {
  private static final List<Verdict> VERDICTS =
      List.of(
          new Score(1, parts(), "right, and in the form asked for", 0.25),
          Score.of(-0.5),
          new Abstain("no reference"),
          new Failure(Failure.Kind.TIMEOUT, "no answer within 5 s"));

  private SampleRun() {}

  static RunHeader header(RunFolder folder) {
    return new RunHeader(
        folder.id(),
        "addition",
        Instant.parse("2026-11-24T21:30:12Z"),
        "0.1.0",
        TrainOptions.standard(RunInputs.onCpu("models/tiny-chat", "addition.jsonl", "exact")),
        new RunHeader.DatasetInfo("ab".repeat(32), Map.of("train", 800, "validation", 100)),
        new RunHeader.RewardInfo("exact", "cd".repeat(32)),
        null,
        new RunHeader.ModelInfo("models/tiny-chat", 900_000, "ef".repeat(32)),
        null,
        new RunHeader.Machine("17.0.15", "Linux 6.1 amd64", 2, "PyTorch 2.7.1"));
  }

  /** Creates a run below the root and writes steps 1 to the last one. */
  static RunFolder written(Path root, int lastStep) throws IOException {
    RunFolder folder = new RunHome(root).create("addition");
    try (RunWriter writer = RunWriter.create(folder, header(folder))) {
      writer.event(RunEvent.Kind.STARTED, 0, "");
      for (int step = 1; step <= lastStep; step++) {
        writer.writeStep(step, metrics(step), rollouts(step));
      }
    }
    return folder;
  }

  static Map<String, Double> metrics(int step) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put(Metric.REWARD_MEAN.key(), step / 10.0);
    metrics.put(Metric.LOSS.key(), step == 2 ? Double.NaN : 1.0 / step);
    metrics.put(Metric.GRAD_NORM.key(), step == 3 ? Double.POSITIVE_INFINITY : step);
    metrics.put(Metric.partKey("format"), 0.5);
    if (step % 2 == 0) {
      metrics.put(Metric.VALIDATION_ACCURACY.key(), step / 20.0);
    }
    return metrics;
  }

  static List<StoredRollout> rollouts(int step) {
    List<StoredRollout> rollouts = new ArrayList<>();
    for (int i = 0; i < VERDICTS.size(); i++) {
      rollouts.add(rollout(step, i / 2, i % 2, "answer " + step + "." + i, VERDICTS.get(i)));
    }
    return rollouts;
  }

  static StoredRollout rollout(int step, int position, int index, String text, Verdict verdict) {
    return new StoredRollout(
        step,
        position,
        index,
        "task-" + position,
        position == 0 ? "train" : null,
        "What is 1 + " + position + "?",
        text,
        index == 0 ? "stop" : "length",
        new int[] {step, position, Integer.MAX_VALUE},
        new boolean[] {true, false, true},
        new float[] {-0.5f, Float.NEGATIVE_INFINITY, -1e-30f},
        new float[] {0.25f, Float.NaN, 0},
        position == 0 ? new float[] {-0.25f, -0.125f, -1} : null,
        verdict,
        verdict.reward().orElse(Double.NaN),
        index - 0.5);
  }

  private static Map<String, Double> parts() {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("right", 1.0);
    parts.put("format", 0.1 + 0.2);
    parts.put("odd", Double.NaN);
    return parts;
  }
}
