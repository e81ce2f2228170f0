package rft.workbench;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import rft.live.WrittenRun;
import rft.reward.RewardCompiler;
import rft.reward.RewardUnit;
import rft.run.Metric;
import rft.run.RunEvent;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunHome;
import rft.run.RunInputs;
import rft.run.RunWriter;
import rft.run.TrainOptions;

/** A run as a trainer writes it, with everything its page can show. */
final class CourseOfARun {
  static final int STEPS = 60;
  private static final RewardUnit REWARD =
      reward("return completion.strip().equals(answer) ? 1 : 0;");
  private static final RewardUnit CHANGED =
      reward(
          """
          if (completion.isBlank()) {
            return 0;
          }
          return completion.strip().equals(answer) ? 1 : 0;\
          """);

  private CourseOfARun() {}

  private static RewardUnit reward(String body) {
    return new RewardCompiler().compile("exact", body);
  }

  static RunHeader header(RunFolder folder, long seed) {
    RunInputs inputs = RunInputs.onCpu("models/tiny-chat", "data/addition.jsonl", "exact");
    boolean other = folder.id().startsWith("other");
    return new RunHeader(
        folder.id(),
        folder.id().replaceAll("-.*", ""),
        Instant.now().minusSeconds(600),
        "0.1.0",
        TrainOptions.standard(inputs).withSeed(seed),
        new RunHeader.DatasetInfo("ab".repeat(32), Map.of("train", 800, "validation", 100)),
        new RunHeader.RewardInfo("exact", (other ? CHANGED : REWARD).sha256()),
        null,
        new RunHeader.ModelInfo("models/tiny-chat", 900_000, "ef".repeat(32)),
        null,
        new RunHeader.Machine("17.0.15", "Linux 6.1 amd64", 2, "PyTorch 2.7.1"));
  }

  /** Writes a whole run; one that is called other has another reward. */
  static RunFolder finished(RunHome home, String name, long seed) throws IOException {
    RunFolder folder = home.create(name);
    try (RunWriter writer = RunWriter.create(folder, header(folder, seed))) {
      (name.equals("other") ? CHANGED : REWARD).writeJar(folder.rewardJar());
      writer.event(RunEvent.Kind.STARTED, 0, "grpo, 60 steps");
      for (int step = 0; step <= STEPS; step++) {
        if (step == 30 && seed == 1) {
          writer.changeReward(CHANGED, step);
          writer.event(RunEvent.Kind.REWARD_CHANGED, step - 1, "version 2 counts from step 30 on");
        }
        writer.writeStep(
            step, metrics(step, seed), step == 0 ? List.of() : WrittenRun.rollouts(step));
      }
      writer.event(RunEvent.Kind.FINISHED, STEPS, "all 60 steps done");
    }
    return folder;
  }

  /** Writes the first steps of a run that goes on. */
  static void begin(RunWriter writer, int steps) throws IOException {
    REWARD.writeJar(writer.folder().rewardJar());
    writer.event(RunEvent.Kind.STARTED, 0, "grpo, 200 steps");
    for (int step = 0; step <= steps; step++) {
      writer.writeStep(step, metrics(step, 4), step == 0 ? List.of() : WrittenRun.rollouts(step));
    }
  }

  /** Returns the numbers of a step; the loss of step 7 is not one, and step 0 is the base model. */
  static Map<String, Double> metrics(int step, long seed) {
    Random noise = new Random(1_000 * seed + step);
    double learned = 1 - Math.exp(-step / 20.0);
    Map<String, Double> metrics = new LinkedHashMap<>();
    if (step % 10 == 0) {
      metrics.put(Metric.VALIDATION_ACCURACY.key(), 0.1 + 0.7 * learned);
    }
    if (step == 0) {
      return metrics;
    }
    double reward = 0.1 + 0.75 * learned + 0.05 * noise.nextGaussian();
    metrics.put(Metric.REWARD_MEAN.key(), reward);
    metrics.put(Metric.REWARD_P10.key(), reward / 2);
    metrics.put(Metric.REWARD_P90.key(), (1 + reward) / 2);
    metrics.put(Metric.partKey("right"), reward);
    metrics.put(Metric.partKey("form"), 0.5 + reward / 2);
    metrics.put(Metric.GROUP_ALL_BAD.key(), 0.3 * (1 - learned));
    metrics.put(Metric.GROUP_ALL_GOOD.key(), 0.4 * learned);
    metrics.put(Metric.GROUP_MIXED.key(), 1 - 0.4 * learned - 0.3 * (1 - learned));
    metrics.put(Metric.LOSS.key(), step == 7 ? Double.NaN : 0.1 * noise.nextGaussian());
    metrics.put(Metric.KL.key(), 0.1 * learned);
    metrics.put(Metric.ENTROPY.key(), 0.4 - 0.3 * learned);
    metrics.put(Metric.CLIP_LOW.key(), 0.01);
    metrics.put(Metric.CLIP_HIGH.key(), 0.02);
    metrics.put(Metric.COMPLETION_LENGTH_MEAN.key(), 10 + 12 * learned);
    metrics.put(Metric.COMPLETION_LENGTH_MAX.key(), 30.0);
    metrics.put(Metric.COMPLETION_TRUNCATED.key(), 0.02);
    metrics.put(Metric.GRAD_NORM.key(), 1 + 0.2 * noise.nextGaussian());
    metrics.put(Metric.LEARNING_RATE.key(), 2e-3);
    metrics.put(Metric.TOKENS_PER_SECOND.key(), 1_500.0);
    metrics.put(Metric.REWARD_LATENCY_P50.key(), 0.002);
    metrics.put(Metric.REWARD_LATENCY_P95.key(), 0.009);
    metrics.put(Metric.REWARD_FAILED.key(), 0.0);
    metrics.put(Metric.TIME_STEP_SECONDS.key(), 1.5);
    return metrics;
  }
}
