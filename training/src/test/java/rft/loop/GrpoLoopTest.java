package rft.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import rft.advantage.GroupAdvantage;
import rft.loss.LossBatch;
import rft.loss.LossResult;
import rft.optimizer.AdamW;
import rft.optimizer.LearningRate;
import rft.policy.GradientTotal;
import rft.policy.NativeArrays;
import rft.policy.Policy;
import rft.policy.Scorer;
import rft.reward.FailurePolicy;
import rft.reward.Score;
import rft.rollout.Rollout;
import rft.rollout.RolloutGroup;
import rft.rollout.Shards;
import rft.run.OptimizerOptions;

class GrpoLoopTest {
  private static final double RATE = 0.05;
  private static final double MAX_NORM = 0.01;

  private static GrpoLoop loop(Policy policy, AdamW optimizer, Shards shards, int mu, int micro) {
    return loop(policy, optimizer, shards, TinyStep::judge, mu, micro);
  }

  private static GrpoLoop loop(
      Policy policy, AdamW optimizer, Shards shards, GroupJudge judge, int mu, int micro) {
    return new GrpoLoop(
        new GrpoLoop.Parts(
            step -> TinyStep.PROMPTS,
            (prompts, step) -> TinyStep.sample(policy, prompts, step),
            judge,
            GroupAdvantage.group(),
            new LocalGradientSource(
                policy, new Scorer(policy, 1), shards, TinyStep.settings(TinyStep.grpo(), micro)),
            optimizer,
            new LearningRate(OptimizerOptions.standard(RATE), 10),
            new GrpoLoop.Limits(mu, MAX_NORM, FailurePolicy.standard())));
  }

  /** What one pass over a step by hand found. */
  private record Pass(double loss, double norm, List<float[]> logProbs) {}

  /** Spells the update out: prompts and rows, forward, loss, gradient, clipping, optimizer. */
  private static Pass updateByHand(
      Policy policy, AdamW optimizer, List<RolloutGroup> groups, List<float[]> old) {
    List<JudgedGroup> judged = TinyStep.judge(groups, 1);
    double[][] rewards =
        judged.stream()
            .map(g -> g.verdicts().stream().mapToDouble(v -> ((Score) v).value()).toArray())
            .toArray(double[][]::new);
    double[][] advantages = GroupAdvantage.group().of(rewards);
    List<int[]> prompts = TinyStep.PROMPTS.stream().map(p -> p.tokens().toArray()).toList();
    List<Scorer.Row> rows = new ArrayList<>();
    List<Double> flat = new ArrayList<>();
    List<float[]> sampler = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      for (Rollout rollout : groups.get(i).rollouts()) {
        rows.add(Scorer.Row.of(i, rollout.tokens().tokens()));
        sampler.add(rollout.tokens().logProbs());
        flat.add(advantages[i][rollout.index()]);
      }
    }
    try (Scorer.Scored scored = new Scorer(policy, 1).forward(prompts, rows);
        GradientTotal total = new GradientTotal(policy)) {
      List<float[]> now = scored.scores().logProbs();
      List<float[]> before = old.isEmpty() ? now : old;
      List<LossBatch.Row> lossRows = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        boolean[] trains = new boolean[now.get(i).length];
        Arrays.fill(trains, true);
        lossRows.add(
            LossBatch.Row.of(now.get(i), before.get(i), sampler.get(i), null, trains, flat.get(i)));
      }
      LossResult result =
          TinyStep.grpo().evaluate(LossBatch.whole(lossRows, TinyStep.MAX_NEW_TOKENS));
      scored.gradient(result.gradient(), total);
      double norm = total.norm();
      optimizer.step(total, RATE, norm > MAX_NORM ? MAX_NORM / norm : 1);
      return new Pass(result.loss(), norm, now);
    }
  }

  private static void assertSameWeights(Policy one, Policy two) {
    Map<String, float[]> expected = two.state();
    one.state().forEach((name, values) -> assertArrayEquals(expected.get(name), values, name));
  }

  @Test
  void stepIsTheStepSpelledOutByHand() {
    try (Policy policy = TinyStep.policy();
        Policy byHand = TinyStep.policy();
        Shards shards = new Shards(1);
        AdamW optimizer = TinyStep.optimizer(policy);
        AdamW handOptimizer = TinyStep.optimizer(byHand)) {
      StepOutcome outcome = loop(policy, optimizer, shards, 1, 99).step(1, () -> false);
      assertTrue(outcome.groups().stream().allMatch(ScoredGroup::hasSignal));
      List<RolloutGroup> groups = TinyStep.sample(byHand, TinyStep.PROMPTS, 1);
      Pass pass = updateByHand(byHand, handOptimizer, groups, List.of());
      assertTrue(pass.norm() > MAX_NORM, "the case needs clipping: " + pass.norm());
      assertEquals(pass.loss(), outcome.updates().get(0).report().loss());
      assertEquals(pass.norm(), outcome.updates().get(0).gradientNorm());
      assertSameWeights(policy, byHand);
    }
  }

  @Test
  void secondPassComparesWithTheLogProbsOfTheFirst() {
    try (Policy policy = TinyStep.policy();
        Policy byHand = TinyStep.policy();
        Shards shards = new Shards(1);
        AdamW optimizer = TinyStep.optimizer(policy);
        AdamW handOptimizer = TinyStep.optimizer(byHand)) {
      StepOutcome outcome = loop(policy, optimizer, shards, 2, 99).step(1, () -> false);
      List<RolloutGroup> groups = TinyStep.sample(byHand, TinyStep.PROMPTS, 1);
      Pass first = updateByHand(byHand, handOptimizer, groups, List.of());
      Pass second = updateByHand(byHand, handOptimizer, groups, first.logProbs());
      assertEquals(2, optimizer.updates());
      assertEquals(second.loss(), outcome.updates().get(1).report().loss());
      assertSameWeights(policy, byHand);
      LossReport before = outcome.updates().get(0).report();
      LossReport after = outcome.updates().get(1).report();
      assertEquals(0, before.clippedLow() + before.clippedHigh());
      assertTrue(after.clippedLow() + after.clippedHigh() > 0, "the case needs moved ratios");
    }
  }

  @Test
  void stopBetweenMicroBatchesLeavesNoTrace() {
    try (Policy policy = TinyStep.policy();
        Shards shards = new Shards(2);
        AdamW optimizer = TinyStep.optimizer(policy)) {
      GrpoLoop loop = loop(policy, optimizer, shards, 2, 2 * TinyStep.GROUP);
      Map<String, float[]> before = policy.state();
      int held = NativeArrays.heldBy(policy);
      AtomicInteger asked = new AtomicInteger();
      assertThrows(
          CancellationException.class, () -> loop.step(1, () -> asked.incrementAndGet() > 2));
      assertTrue(asked.get() > 2, "two of four micro-batches were computed");
      policy.state().forEach((name, values) -> assertArrayEquals(before.get(name), values, name));
      assertEquals(0, optimizer.updates());
      optimizer
          .state()
          .forEach((name, values) -> assertArrayEquals(new float[values.length], values, name));
      assertEquals(held, NativeArrays.heldBy(policy));
    }
  }

  @Test
  void stepThatHasChangedWeightsIsFinished() {
    try (Policy policy = TinyStep.policy();
        Shards shards = new Shards(1);
        AdamW optimizer = TinyStep.optimizer(policy)) {
      GrpoLoop loop = loop(policy, optimizer, shards, 3, 99);
      // The only micro-batch of the first pass asks once; a stop afterwards comes too late.
      AtomicInteger asked = new AtomicInteger();
      StepOutcome outcome = loop.step(1, () -> asked.incrementAndGet() > 1);
      assertEquals(3, outcome.updates().size());
      assertEquals(3, optimizer.updates());
    }
  }

  @Test
  void stepAfterStepHoldsTheSameArrays() {
    try (Policy policy = TinyStep.policy();
        Shards shards = new Shards(2);
        AdamW optimizer = TinyStep.optimizer(policy)) {
      GrpoLoop loop = loop(policy, optimizer, shards, 2, 2 * TinyStep.GROUP);
      int held = NativeArrays.heldBy(policy);
      for (int step = 1; step <= 5; step++) {
        loop.step(step, () -> false);
        assertEquals(held, NativeArrays.heldBy(policy), "after step " + step);
      }
    }
  }

  @Test
  void equalRewardsMakeNoUpdate() {
    GroupJudge same = (groups, step) -> new FullMarksJudge().judge(groups, step);
    try (Policy policy = TinyStep.policy();
        Shards shards = new Shards(2);
        AdamW optimizer = TinyStep.optimizer(policy)) {
      Map<String, float[]> before = policy.state();
      StepOutcome outcome = loop(policy, optimizer, shards, same, 1, 8).step(1, () -> false);
      assertEquals(0, optimizer.updates());
      assertEquals(0, outcome.updates().get(0).gradientNorm());
      assertFalse(outcome.skipped(), "nothing was wrong");
      policy.state().forEach((name, values) -> assertArrayEquals(before.get(name), values, name));
    }
  }

  @Test
  void sameStepTwiceOnTwoThreadsIsBitForBitTheSame() {
    List<Map<String, float[]>> states = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      try (Policy policy = TinyStep.policy();
          Shards shards = new Shards(2);
          AdamW optimizer = TinyStep.optimizer(policy)) {
        GrpoLoop loop = loop(policy, optimizer, shards, 1, TinyStep.GROUP);
        for (int step = 1; step <= 3; step++) {
          loop.step(step, () -> false);
        }
        states.add(policy.state());
      }
    }
    states.get(0).forEach((n, v) -> assertArrayEquals(v, states.get(1).get(n), n));
  }
}
