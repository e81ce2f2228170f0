package rft.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rft.loss.Clip;
import rft.loss.KlPenalty;
import rft.loss.Losses;
import rft.loss.NegativeLogLikelihood;
import rft.loss.PolicyLoss;
import rft.policy.Policy;
import rft.policy.PolicyView;
import rft.policy.Scorer;
import rft.reward.FinishReason;
import rft.rollout.Rollout;
import rft.rollout.RolloutGroup;
import rft.rollout.Shards;
import rft.rollout.TokenMask;

class LocalGradientSourceTest {
  private static final Clip CLIP = Clip.of(0.2, 0.2);

  private Policy policy;
  private List<RolloutGroup> groups;
  private List<ScoredGroup> scored;

  /** A gradient as plain numbers, with what the pass saw. */
  private record Found(List<Double> values, LossReport report) {
    double norm() {
      double sum = 0;
      for (double value : values) {
        sum += value * value;
      }
      return Math.sqrt(sum);
    }
  }

  @BeforeEach
  void sample() {
    policy = TinyStep.policy();
    groups = TinyStep.sample(policy, TinyStep.PROMPTS, 1);
    scored = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      scored.add(TinyStep.scored(groups.get(i), 1 + i, -1, 0.5, -0.25 * i));
    }
  }

  @AfterEach
  void close() {
    policy.close();
  }

  private Found gradient(
      List<ScoredGroup> step, LocalGradientSource.Settings settings, int threads) {
    try (Shards shards = new Shards(threads);
        StepGradient gradient =
            new LocalGradientSource(policy, new Scorer(policy, 1), shards, settings)
                .gradient(step, new OldLogProbs(), () -> false)) {
      List<Double> values = new ArrayList<>();
      gradient
          .total()
          .arrays()
          .forEach(
              array -> {
                for (float value : array.toFloatArray()) {
                  values.add((double) value);
                }
              });
      return new Found(values, gradient.report());
    }
  }

  private Found gradient(List<ScoredGroup> step, PolicyLoss loss) {
    return gradient(step, TinyStep.settings(loss, 99), 1);
  }

  private static void assertClose(Found expected, double factor, Found actual) {
    assertTrue(expected.norm() > 1e-4, "the case needs a gradient: " + expected.norm());
    double error = 0;
    for (int i = 0; i < expected.values().size(); i++) {
      error = Math.max(error, Math.abs(factor * expected.values().get(i) - actual.values().get(i)));
    }
    assertTrue(
        error < 1e-5 * factor * expected.norm(),
        "error " + error + " beside a norm of " + factor * expected.norm());
  }

  static Stream<PolicyLoss> losses() {
    return Stream.of(
        Losses.grpo(CLIP),
        Losses.dapo(CLIP),
        Losses.bnpo(CLIP),
        Losses.drGrpo(CLIP),
        Losses.gspo(CLIP),
        Losses.dapo(CLIP).withKl(KlPenalty.k3(0.1)),
        new NegativeLogLikelihood());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void microBatchesAndThreadsChangeTheGradientByRoundingOnly(PolicyLoss loss) {
    Found whole = gradient(scored, loss);
    for (int threads = 1; threads <= 3; threads++) {
      for (int microBatch : new int[] {1, 2 * TinyStep.GROUP, 99}) {
        Found parts = gradient(scored, TinyStep.settings(loss, microBatch), threads);
        assertClose(whole, 1, parts);
        assertEquals(whole.report().loss(), parts.report().loss(), 1e-6);
        assertEquals(whole.report().tokens(), parts.report().tokens());
      }
    }
  }

  private static long tokens(RolloutGroup group) {
    return group.rollouts().stream().mapToLong(rollout -> rollout.tokens().length()).sum();
  }

  @Test
  void groupsWithoutSignalCountInTheDenominators() {
    ScoredGroup idle = TinyStep.scored(groups.get(1), 0, 0, 0, 0);
    List<ScoredGroup> alone = List.of(scored.get(0));
    List<ScoredGroup> both = List.of(scored.get(0), idle);
    double share = (double) tokens(groups.get(0)) / (tokens(groups.get(0)) + tokens(groups.get(1)));
    PolicyLoss dapo = Losses.dapo(CLIP);
    assertClose(gradient(alone, dapo), share, gradient(both, dapo));
    assertClose(gradient(alone, TinyStep.grpo()), 0.5, gradient(both, TinyStep.grpo()));
    assertEquals(
        tokens(groups.get(0)),
        gradient(both, dapo).report().tokens(),
        "a group without signal is not computed");
  }

  @Test
  void groupsWithoutSignalStillPayForTheirDistanceToTheBase() {
    List<ScoredGroup> idle = List.of(TinyStep.scored(groups.get(1), 0, 0, 0, 0));
    assertEquals(0, gradient(idle, TinyStep.grpo()).values().size());
    Found pulled = gradient(idle, Losses.grpo(CLIP).withKl(KlPenalty.k3(0.1)));
    assertTrue(pulled.norm() > 1e-4, "norm " + pulled.norm());
    assertEquals(tokens(groups.get(1)), pulled.report().klTokens());
  }

  @Test
  void klIsTheTokenMeanOfK3AgainstTheBase() {
    Found found = gradient(scored, Losses.dapo(CLIP).withKl(KlPenalty.k3(0.1)));
    Scorer scorer = new Scorer(policy, 1);
    double sum = 0;
    long tokens = 0;
    for (int i = 0; i < groups.size(); i++) {
      List<int[]> prompt = List.of(TinyStep.PROMPTS.get(i).tokens().toArray());
      for (Rollout rollout : groups.get(i).rollouts()) {
        List<Scorer.Row> row = List.of(Scorer.Row.of(0, rollout.tokens().tokens()));
        float[] tuned = scorer.score(PolicyView.TUNED, prompt, row).logProbs().get(0);
        float[] base = scorer.score(PolicyView.BASE, prompt, row).logProbs().get(0);
        for (int t = 0; t < tuned.length; t++) {
          double x = (double) base[t] - tuned[t];
          sum += Math.exp(x) - x - 1;
          tokens++;
        }
      }
    }
    assertEquals(sum / tokens, found.report().kl().orElseThrow(), 1e-5 * sum / tokens + 1e-7);
    assertTrue(sum / tokens > 1e-3, "the case needs a policy away from its base");
    double without = gradient(scored, Losses.dapo(CLIP)).report().loss();
    assertEquals(without + 0.1 * sum / tokens, found.report().loss(), 1e-5);
  }

  @Test
  void truncatedRolloutsTrainNothingAndLeaveTheTokenCountButNotTheRowCount() {
    LocalGradientSource.Settings masking =
        new LocalGradientSource.Settings(
            Losses.dapo(CLIP), false, true, TinyStep.MAX_NEW_TOKENS, 99);
    List<ScoredGroup> emptied = new ArrayList<>();
    int truncated = 0;
    for (ScoredGroup group : scored) {
      List<Rollout> rollouts = new ArrayList<>();
      for (Rollout rollout : group.group().rollouts()) {
        boolean cut = rollout.completion().finishReason() == FinishReason.LENGTH;
        truncated += cut ? 1 : 0;
        TokenMask mask =
            cut ? TokenMask.of(new boolean[rollout.tokens().length()]) : rollout.mask();
        rollouts.add(new Rollout(rollout.index(), rollout.tokens(), mask, rollout.completion()));
      }
      emptied.add(
          new ScoredGroup(
              new RolloutGroup(group.group().position(), group.group().prompt(), rollouts),
              group.verdicts(),
              group.rewards(),
              group.advantages()));
    }
    assertTrue(truncated > 0 && truncated < 16, truncated + " of 16 rollouts are truncated");
    assertClose(gradient(emptied, Losses.dapo(CLIP)), 1, gradient(scored, masking, 1));
    LocalGradientSource.Settings maskingRows =
        new LocalGradientSource.Settings(TinyStep.grpo(), false, true, TinyStep.MAX_NEW_TOKENS, 99);
    assertClose(gradient(emptied, TinyStep.grpo()), 1, gradient(scored, maskingRows, 1));
    assertTrue(
        gradient(scored, masking, 1).report().tokens()
            < gradient(scored, Losses.dapo(CLIP)).report().tokens());
  }

  @Test
  void toolOutputDoesNotTrain() {
    Rollout rollout = groups.get(0).rollouts().get(0);
    assertTrue(rollout.tokens().length() > 1, "the case needs two tokens");
    boolean[] trains = new boolean[rollout.tokens().length()];
    trains[0] = true;
    Rollout masked = new Rollout(0, rollout.tokens(), TokenMask.of(trains), rollout.completion());
    ScoredGroup whole =
        TinyStep.scored(new RolloutGroup(0, TinyStep.PROMPTS.get(0), List.of(rollout)), 1);
    ScoredGroup part =
        TinyStep.scored(new RolloutGroup(0, TinyStep.PROMPTS.get(0), List.of(masked)), 1);
    assertEquals(1, gradient(List.of(part), Losses.dapo(CLIP)).report().tokens());
    assertTrue(
        Math.abs(
                gradient(List.of(part), Losses.dapo(CLIP)).norm()
                    - gradient(List.of(whole), Losses.dapo(CLIP)).norm())
            > 1e-4);
  }

  @Test
  void samplerAndTrainerAgreeOnEveryToken() {
    SamplerGap gap = gradient(scored, TinyStep.grpo()).report().samplerGap();
    assertTrue(gap.most() > 0 && gap.most() < 2e-5, gap.toString());
    assertTrue(gap.mean().orElseThrow() > 0 && gap.mean().orElseThrow() < gap.most());
  }
}
