package rft.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.dataset.Split;
import rft.prompt.Prompt;
import rft.reward.RewardJudge;
import rft.rollout.LoadedModel;
import rft.rollout.RolloutGroup;
import rft.run.LoopOptions;
import rft.run.Metric;
import rft.run.RunFolder;
import rft.run.RunReader;
import rft.run.StoredRollout;
import rft.run.TrainOptions;

/** A loop written by hand from the public stages is the training, to the last bit. */
@Tag("slow")
final class HandLoopTest {
  private static final int STEPS = 5;

  @TempDir Path home;

  /** What one step by hand found. */
  private record Found(List<Double> rewards, List<Double> advantages, double loss, double norm) {}

  private static HandLoop loop(LoadedModel model, TrainOptions options) throws IOException {
    return HandLoop.of(
        model,
        options,
        BundledModel.dates().get(Split.TRAIN),
        new RewardJudge(BundledModel.exact().asGroup(), options.reward().timeLimit()));
  }

  private static Found step(HandLoop loop, int step) {
    List<Prompt> prompts = loop.prompts(step);
    List<RolloutGroup> groups = loop.sample(prompts, step);
    List<JudgedGroup> judged = loop.judge(groups, step);
    double[][] rewards = loop.rewards(judged);
    double[][] advantages = loop.advantages(rewards);
    List<ScoredGroup> scored = loop.scored(judged, rewards, advantages);
    try (StepGradient gradient = loop.backward(scored)) {
      GrpoLoop.Update update = loop.update(gradient, step);
      return new Found(
          flat(rewards), flat(advantages), update.report().loss(), update.gradientNorm());
    }
  }

  private static List<Double> flat(double[][] rows) {
    List<Double> flat = new ArrayList<>();
    for (double[] row : rows) {
      for (double value : row) {
        flat.add(value);
      }
    }
    return flat;
  }

  @Test
  void fiveStepsByHandAreThoseOfTheTrainerBitForBit() throws IOException {
    TrainOptions options = BundledModel.options(STEPS);
    TestRuns runs = new TestRuns(home);
    RunFolder folder = runs.create(options);
    TestRuns.train(folder, options, TestRuns.never());
    Map<String, Double> metrics = TestRuns.metrics(folder);
    double moved = 0;
    try (LoadedModel model = BundledModel.open();
        HandLoop loop = loop(model, options);
        RunReader reader = RunReader.open(folder)) {
      for (int step = 1; step <= STEPS; step++) {
        Found found = step(loop, step);
        List<StoredRollout> stored = reader.rollouts(step);
        assertEquals(stored.stream().map(StoredRollout::reward).toList(), found.rewards());
        assertEquals(stored.stream().map(StoredRollout::advantage).toList(), found.advantages());
        assertEquals(metrics.get(Metric.LOSS.key() + "@" + step), found.loss());
        assertEquals(metrics.get(Metric.GRAD_NORM.key() + "@" + step), found.norm());
        moved += found.norm();
      }
      assertArrayEquals(
          trained(folder, options).get(0), model.policy().state().values().iterator().next());
    }
    assertTrue(moved > 0, "no step had a gradient: the test shows nothing");
  }

  private static List<float[]> trained(RunFolder folder, TrainOptions options) throws IOException {
    try (LoadedModel model = BundledModel.open()) {
      SavedWeights.prepare(model, options.adapter());
      SavedWeights.restore(TestRuns.checkpoint(folder, STEPS), model, options.adapter());
      return new ArrayList<>(model.policy().state().values());
    }
  }

  @Test
  void theExplanationOfAGroupIsTheLossOfItsStep() throws IOException {
    TrainOptions options =
        BundledModel.options(STEPS).withLoop(new LoopOptions(STEPS, 6, 8, 1, 64, 0));
    try (LoadedModel model = BundledModel.open();
        HandLoop loop = loop(model, options)) {
      List<JudgedGroup> judged = loop.judge(loop.sample(loop.prompts(1), 1), 1);
      double[][] rewards = loop.rewards(judged);
      List<ScoredGroup> scored = loop.scored(judged, rewards, loop.advantages(rewards));
      double explained = 0;
      for (int i = 0; i < scored.size(); i++) {
        explained += loop.explainLoss(scored, i).loss();
      }
      int mixed =
          scored.indexOf(scored.stream().filter(ScoredGroup::hasSignal).findFirst().orElseThrow());
      try (StepGradient gradient = loop.backward(scored)) {
        assertEquals(gradient.report().loss(), explained, 1e-6);
        assertEquals(1, loop.explainLoss(scored, mixed).shares().get(0).ratio(), 1e-4);
        loop.update(gradient, 1);
      }
      LossExplanation after = loop.explainLoss(scored.get(mixed));
      assertTrue(
          after.shares().stream().anyMatch(share -> Math.abs(share.mostRatio() - 1) > 1e-3),
          after.text());
    }
  }
}
