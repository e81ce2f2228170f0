package rft.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.export.HuggingFaceFolder;
import rft.policy.ModelConfig;
import rft.policy.SafetensorsType;
import rft.reward.GroupReward;
import rft.reward.RewardFunction;
import rft.reward.Score;
import rft.reward.Verdict;
import rft.rollout.LoadedModel;
import rft.run.CheckpointStore;
import rft.run.Metric;
import rft.run.RunFolder;
import rft.run.RunReader;
import rft.run.RunStatus;
import rft.run.StoredRollout;
import rft.run.TrainOptions;

class TrainerTest {
  @TempDir Path home;
  private TestRuns runs;

  @BeforeEach
  void openHome() {
    runs = new TestRuns(home);
  }

  /** Stops a training when it has asked so many times whether to go on. */
  private static final class StopAfter implements Trainer.Control {
    private int left;

    StopAfter(int questions) {
      left = questions;
    }

    @Override
    public synchronized boolean stopRequested() {
      return left-- <= 0;
    }

    @Override
    public void stepFinished(int step, Map<String, Double> metrics) {}
  }

  @Test
  void theTinyModelReallyLearns() throws IOException {
    TrainOptions options = BundledModel.options(14);
    RunFolder folder = runs.create(options);
    assertEquals(
        Trainer.Ending.FINISHED, TestRuns.train(folder, options, TestRuns.never()).ending());
    try (RunReader reader = RunReader.open(folder)) {
      double[] rewards =
          reader.metric(Metric.REWARD_MEAN.key()).stream()
              .mapToDouble(point -> point.value())
              .toArray();
      assertEquals(14, rewards.length);
      double first = Arrays.stream(rewards, 0, 4).average().orElseThrow();
      double last = Arrays.stream(rewards, 10, 14).average().orElseThrow();
      assertTrue(last > first + 0.15, "mean reward went from " + first + " to " + last);
      double difference =
          reader.metric(Metric.SAMPLER_LOGPROB_DIFFERENCE_MAX.key()).stream()
              .mapToDouble(point -> point.value())
              .max()
              .orElseThrow();
      assertTrue(difference < 1e-3, "sampler and trainer differ by " + difference + " nats");
    }
  }

  @Test
  void runThatIsStoppedAndResumedAgainAndAgainEndsBitForBitTheSame() throws IOException {
    TrainOptions options = BundledModel.options(7);
    RunFolder whole = runs.create(options);
    assertEquals(
        Trainer.Ending.FINISHED, TestRuns.train(whole, options, TestRuns.never()).ending());
    RunFolder parts = runs.create(options);
    int stops = 0;
    // Odd numbers of questions end it in validation, in sampling and between micro-batches alike.
    for (int questions = 3;
        TestRuns.train(parts, options, new StopAfter(questions)).ending()
            != Trainer.Ending.FINISHED; ) {
      stops++;
      questions = questions * 3 / 2 + 5;
      assertTrue(stops < 40, "the run never ends");
    }
    assertTrue(stops >= 3, "the case needs interruptions, it had " + stops);
    TestRuns.assertSameFiles(TestRuns.checkpoint(whole, 7), TestRuns.checkpoint(parts, 7));
    assertEquals(TestRuns.metrics(whole), TestRuns.metrics(parts));
  }

  @Test
  void theBestCheckpointIsKnownThoughTheProcessDiedBeforeItSaidSo() throws IOException {
    TrainOptions options = BundledModel.options(2);
    RunFolder folder = runs.create(options);
    TestRuns.train(folder, options, TestRuns.never());
    CheckpointStore checkpoints = new CheckpointStore(folder);
    int best = checkpoints.best().orElseThrow();
    Path rating = folder.checkpointsFolder().resolve("best.json");
    Files.delete(rating);
    checkpoints.truncateAfter(best);
    TestRuns.train(folder, options, TestRuns.never());
    assertEquals(best, checkpoints.best().orElseThrow());
  }

  @Test
  void everyRolloutOfAStepIsThereToRead() throws IOException {
    TrainOptions options = BundledModel.options(2);
    RunFolder folder = runs.create(options);
    TestRuns.train(folder, options, TestRuns.never());
    try (RunReader reader = RunReader.open(folder)) {
      assertEquals(RunStatus.FINISHED, reader.status());
      List<StoredRollout> rollouts = reader.rollouts(2);
      assertEquals(32, rollouts.size());
      for (StoredRollout rollout : rollouts) {
        assertEquals(rollout.trace().length(), rollout.trace().logProbs().length);
        assertEquals(rollout.verdict().reward().orElseThrow(), rollout.reward());
      }
      double mean = rollouts.stream().mapToDouble(StoredRollout::reward).average().orElseThrow();
      assertEquals(mean, reader.metricsAt(2).get(Metric.REWARD_MEAN.key()), 1e-12);
      double advantages = rollouts.stream().mapToDouble(StoredRollout::advantage).sum();
      assertEquals(0, advantages, 1e-9);
    }
  }

  @Test
  void rewardThatThrowsStopsTheRunWithTheReason() throws IOException {
    RewardFunction broken =
        (task, completion) -> {
          throw new IllegalStateException("no such column");
        };
    TrainOptions options = BundledModel.options(5);
    Trainer.Outcome outcome =
        TestRuns.train(runs.create(options), options, broken.asGroup(), TestRuns.never());
    assertEquals(Trainer.Ending.REWARD_FAILED, outcome.ending());
    assertEquals(1, outcome.lastStep());
    assertTrue(
        outcome.reason().contains("100 % of the rewards of step 1 failed"), outcome.reason());
    assertTrue(outcome.reason().contains("no such column"), outcome.reason());
  }

  @Test
  void rewardWithoutSpreadLeavesTheWeightsAlone() throws IOException {
    TrainOptions options = BundledModel.options(2);
    RunFolder folder = runs.create(options);
    try (LoadedModel model = BundledModel.open()) {
      Trainer.Outcome outcome =
          TestRuns.train(
              model,
              folder,
              options,
              RewardFunction.ofNumber((task, completion) -> 0.35).asGroup(),
              TestRuns.never());
      assertEquals(Trainer.Ending.FINISHED, outcome.ending());
      model
          .policy()
          .state()
          .forEach(
              (name, values) -> {
                if (name.endsWith("lora_B.weight")) {
                  assertArrayEquals(new float[values.length], values, name);
                }
              });
    }
  }

  /** Returns a copy of the bundled model that computes NaN. */
  private Path brokenModel() throws IOException {
    Path folder = home.resolve("broken");
    try (LoadedModel model = BundledModel.open()) {
      Map<String, float[]> weights = model.policy().weights();
      Arrays.fill(weights.get("model.norm.weight"), Float.MAX_VALUE);
      ModelConfig config = model.policy().config();
      HuggingFaceFolder.write(folder, config, weights, SafetensorsType.F32, BundledModel.FOLDER);
    }
    return folder;
  }

  @Test
  void threeStepsThatAreNotFiniteEndTheRunAndLeaveTheWeights() throws IOException {
    TrainOptions options = BundledModel.options(9);
    GroupReward reward =
        (task, group) ->
            IntStream.range(0, group.size()).mapToObj(i -> (Verdict) Score.of(i % 2)).toList();
    try (LoadedModel model = LoadedModel.open(brokenModel(), "cpu", 2)) {
      Trainer.Outcome outcome =
          TestRuns.train(model, runs.create(options), options, reward, TestRuns.never());
      assertEquals(Trainer.Ending.DIVERGED, outcome.ending());
      assertEquals(3, outcome.lastStep());
      assertTrue(outcome.reason().contains("not finite in 3 steps in a row"), outcome.reason());
    }
  }
}
