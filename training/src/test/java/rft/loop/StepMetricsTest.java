package rft.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rft.advantage.GroupAdvantage;
import rft.policy.SampledTokens;
import rft.reward.FailurePolicy;
import rft.reward.Score;
import rft.reward.Verdict;
import rft.run.Metric;

class StepMetricsTest {
  private static final FailurePolicy ABSTAIN = FailurePolicy.standard();
  private static final GrpoLoop.Update UPDATE =
      new GrpoLoop.Update(
          new LossReport(-0.25, 20, 0, 0, 1, 3, 20, new SamplerGap(2e-6, 2e-5, 20)), 1.5, false);

  private static StepOutcome outcome(
      List<JudgedGroup> judged, FailurePolicy failures, List<GrpoLoop.Update> updates) {
    double[][] rewards = JudgedGroup.rewards(judged, failures);
    List<ScoredGroup> scored =
        JudgedGroup.scored(judged, rewards, GroupAdvantage.group().of(rewards));
    Stopwatch watch = new Stopwatch();
    watch.lap(Stopwatch.Stage.ROLLOUT);
    watch.lap(Stopwatch.Stage.TRAIN);
    return new StepOutcome(3, scored, judged, updates, 0.01, watch);
  }

  private static Map<String, Double> metrics(List<JudgedGroup> judged, FailurePolicy failures) {
    return StepMetrics.of(outcome(judged, failures, List.of(UPDATE)));
  }

  private static void assertMetric(double expected, Map<String, Double> metrics, Metric metric) {
    assertEquals(expected, metrics.get(metric.key()), 1e-12, metric.key());
  }

  @Test
  void rewardsAreSummedUpOverAllRolloutsThatHaveOne() {
    Map<String, Double> metrics =
        metrics(
            List.of(
                Groups.judged(0, Groups.score(0), Groups.score(1), Groups.FAILED),
                Groups.judged(1, Groups.score(0.5), Groups.score(0.5), Groups.ABSTAINED)),
            ABSTAIN);
    assertMetric(0.5, metrics, Metric.REWARD_MEAN);
    assertMetric(Math.sqrt(0.5 / 3), metrics, Metric.REWARD_STD);
    assertMetric(0, metrics, Metric.REWARD_P10);
    assertMetric(0.5, metrics, Metric.REWARD_P90);
    assertMetric(1 / 6.0, metrics, Metric.REWARD_FAILED);
    assertMetric(1 / 6.0, metrics, Metric.REWARD_ABSTAINED);
  }

  @Test
  void failuresThatScoreZeroAreInTheMeanAndDroppedGroupsAreNot() {
    List<JudgedGroup> judged =
        List.of(
            Groups.judged(0, Groups.score(1), Groups.FAILED),
            Groups.judged(1, Groups.score(0.5), Groups.score(0.75)));
    FailurePolicy zero = new FailurePolicy(FailurePolicy.Action.ZERO, 1);
    FailurePolicy drop = new FailurePolicy(FailurePolicy.Action.DROP_GROUP, 1);
    assertMetric((1 + 0 + 0.5 + 0.75) / 4, metrics(judged, zero), Metric.REWARD_MEAN);
    assertMetric((0.5 + 0.75) / 2, metrics(judged, drop), Metric.REWARD_MEAN);
    assertMetric(0.5, metrics(judged, drop), Metric.GROUP_MIXED);
  }

  @Test
  void partsOfTheRewardHaveTheirOwnMeans() {
    Verdict one = new Score(1, Map.of("format", 1.0, "answer", 0.0), null, 0);
    Verdict two = new Score(0, Map.of("format", 0.5), null, 0);
    Map<String, Double> metrics = metrics(List.of(Groups.judged(0, one, two)), ABSTAIN);
    assertEquals(0.75, metrics.get(Metric.partKey("format")), 1e-12);
    assertEquals(0, metrics.get(Metric.partKey("answer")), 1e-12);
  }

  @Test
  void groupsAreBadMixedGoodOrWithoutAnyReward() {
    Map<String, Double> metrics =
        metrics(
            List.of(
                Groups.judged(0, Groups.score(0), Groups.score(0)),
                Groups.judged(1, Groups.score(0.49), Groups.FAILED),
                Groups.judged(2, Groups.score(0), Groups.score(1)),
                Groups.judged(3, Groups.score(0.5), Groups.score(0.5)),
                Groups.judged(4, Groups.FAILED, Groups.ABSTAINED)),
            ABSTAIN);
    assertMetric(0.4, metrics, Metric.GROUP_ALL_BAD);
    assertMetric(0.2, metrics, Metric.GROUP_MIXED);
    assertMetric(0.2, metrics, Metric.GROUP_ALL_GOOD);
  }

  @Test
  void latenciesOfTheRewardAreRankedOverTheGroups() {
    List<JudgedGroup> judged = new ArrayList<>();
    for (int millis : new int[] {40, 10, 900, 20}) {
      JudgedGroup group = Groups.judged(judged.size(), Groups.score(0), Groups.score(1));
      judged.add(new JudgedGroup(group.group(), group.verdicts(), Duration.ofMillis(millis)));
    }
    Map<String, Double> metrics = metrics(judged, ABSTAIN);
    assertMetric(0.02, metrics, Metric.REWARD_LATENCY_P50);
    assertMetric(0.9, metrics, Metric.REWARD_LATENCY_P95);
    assertTrue(Metric.REWARD_LATENCY_P95.isTime(), "a repeated run may differ in it");
  }

  @Test
  void stepWithoutAnyRewardHasNoMeanAndStillItsShares() {
    Map<String, Double> metrics =
        metrics(List.of(Groups.judged(0, Groups.FAILED, Groups.FAILED)), ABSTAIN);
    assertFalse(metrics.containsKey(Metric.REWARD_MEAN.key()));
    assertMetric(1, metrics, Metric.REWARD_FAILED);
    assertMetric(0, metrics, Metric.GROUP_MIXED);
  }

  @Test
  void completionsAreCountedByToken() {
    List<SampledTokens> sampled = new ArrayList<>();
    sampled.add(Groups.tokens(true, 5));
    sampled.add(Groups.tokens(true, 5));
    sampled.add(Groups.tokens(false, 8, 9, 7));
    List<Verdict> verdicts = List.of(Groups.score(0), Groups.score(1), Groups.score(0));
    JudgedGroup judged =
        new JudgedGroup(
            TinyStep.group(0, TinyStep.PROMPTS.get(0), sampled), verdicts, Duration.ZERO);
    Map<String, Double> metrics = metrics(List.of(judged), ABSTAIN);
    assertMetric(5 / 3.0, metrics, Metric.COMPLETION_LENGTH_MEAN);
    assertMetric(3, metrics, Metric.COMPLETION_LENGTH_MAX);
    assertMetric(1 / 3.0, metrics, Metric.COMPLETION_TRUNCATED);
    assertMetric(1 / 3.0, metrics, Metric.DUPLICATES);
    assertMetric(5, metrics, Metric.TOKENS_SAMPLED);
    assertMetric(0.5, metrics, Metric.ENTROPY);
  }

  @Test
  void tokensNobodySampledHaveNoEntropy() {
    JudgedGroup judged =
        new JudgedGroup(
            TinyStep.group(0, TinyStep.PROMPTS.get(0), List.of(SampledTokens.given(4, 5))),
            List.of(Groups.score(1)),
            Duration.ZERO);
    GrpoLoop.Update update = new GrpoLoop.Update(UPDATE.report().withoutSampler(), 1.5, false);
    Map<String, Double> metrics =
        StepMetrics.of(outcome(List.of(judged), ABSTAIN, List.of(update)));
    assertFalse(metrics.containsKey(Metric.ENTROPY.key()));
    assertFalse(metrics.containsKey(Metric.SAMPLER_LOGPROB_DIFFERENCE_MAX.key()));
    assertFalse(metrics.containsKey(Metric.SAMPLER_LOGPROB_DIFFERENCE_MEAN.key()));
    assertMetric(1, metrics, Metric.GROUP_ALL_GOOD);
  }

  @Test
  void updatesAddUpAndTheLastOneGivesLossAndGradient() {
    List<JudgedGroup> judged = List.of(Groups.judged(0, Groups.score(0), Groups.score(1)));
    GrpoLoop.Update second =
        new GrpoLoop.Update(
            new LossReport(-0.5, 20, 3, 10, 4, 5, 30, new SamplerGap(9e-3, 0.1, 20)), 2.5, false);
    Map<String, Double> metrics = StepMetrics.of(outcome(judged, ABSTAIN, List.of(UPDATE, second)));
    assertMetric(-0.5, metrics, Metric.LOSS);
    assertMetric(2.5, metrics, Metric.GRAD_NORM);
    assertMetric(0.01, metrics, Metric.LEARNING_RATE);
    assertMetric(40, metrics, Metric.TOKENS_TRAINED);
    assertMetric(5 / 50.0, metrics, Metric.CLIP_LOW);
    assertMetric(8 / 50.0, metrics, Metric.CLIP_HIGH);
    assertMetric(0.3, metrics, Metric.KL);
    assertMetric(0, metrics, Metric.UPDATE_SKIPPED);
    // Later passes differ from the sampler because the weights moved, which says nothing.
    assertMetric(2e-6, metrics, Metric.SAMPLER_LOGPROB_DIFFERENCE_MAX);
    assertMetric(1e-6, metrics, Metric.SAMPLER_LOGPROB_DIFFERENCE_MEAN);
  }

  @Test
  void skippedUpdateShows() {
    List<JudgedGroup> judged = List.of(Groups.judged(0, Groups.score(0), Groups.score(1)));
    GrpoLoop.Update skipped = new GrpoLoop.Update(UPDATE.report(), Double.NaN, true);
    StepOutcome outcome = outcome(judged, ABSTAIN, List.of(UPDATE, skipped));
    assertTrue(outcome.skipped());
    assertMetric(1, StepMetrics.of(outcome), Metric.UPDATE_SKIPPED);
  }

  @Test
  void stepWithoutSignalHasNoClippingAndNoKl() {
    List<JudgedGroup> judged = List.of(Groups.judged(0, Groups.score(1), Groups.score(1)));
    GrpoLoop.Update none = new GrpoLoop.Update(LossReport.EMPTY, 0, false);
    Map<String, Double> metrics = StepMetrics.of(outcome(judged, ABSTAIN, List.of(none)));
    for (Metric metric : List.of(Metric.CLIP_LOW, Metric.CLIP_HIGH, Metric.KL)) {
      assertFalse(metrics.containsKey(metric.key()), metric.key());
    }
    assertMetric(0, metrics, Metric.TOKENS_TRAINED);
  }

  @Test
  void timesOfTheStagesAddUpToTheStep() {
    Map<String, Double> metrics =
        metrics(List.of(Groups.judged(0, Groups.score(0), Groups.score(1))), ABSTAIN);
    double sum =
        metrics.get(Metric.TIME_ROLLOUT_SECONDS.key())
            + metrics.get(Metric.TIME_REWARD_SECONDS.key())
            + metrics.get(Metric.TIME_TRAIN_SECONDS.key());
    assertEquals(sum, metrics.get(Metric.TIME_STEP_SECONDS.key()), 1e-12);
    assertEquals(0, metrics.get(Metric.TIME_REWARD_SECONDS.key()));
    double step = metrics.get(Metric.TIME_STEP_SECONDS.key());
    assertEquals(2 / step, metrics.get(Metric.TOKENS_PER_SECOND.key()), 1e-6 / step);
  }
}
