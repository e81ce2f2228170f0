package rft.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import rft.loss.NegativeLogLikelihood;
import rft.policy.GradientTotal;
import rft.policy.Policy;
import rft.policy.PolicyView;
import rft.policy.Scorer;
import rft.rollout.Rollout;
import rft.rollout.RolloutGroup;
import rft.rollout.Shards;

class SupervisedGradientSourceTest {
  @Test
  void onlyWhatIsToBeImitatedIsPassedOn() {
    List<ScoredGroup> passed = new ArrayList<>();
    List<ScoredGroup> groups =
        List.of(
            TinyStep.scored(Groups.of(0, 3), 0, 1, 1),
            TinyStep.scored(Groups.of(1, 2), 0, 0),
            TinyStep.scored(Groups.of(2, 1), 1));
    try (Policy policy = TinyStep.policy()) {
      GradientSource spy =
          (given, old, stop) -> {
            passed.addAll(given);
            return new StepGradient(new GradientTotal(policy), LossReport.EMPTY);
          };
      try (StepGradient gradient =
          new SupervisedGradientSource(spy).gradient(groups, new OldLogProbs(), () -> false)) {
        assertTrue(gradient.report().samplerGap().mean().isEmpty());
      }
    }
    assertEquals(2, passed.size());
    assertEquals(0, passed.get(0).group().position());
    assertEquals(
        List.of(1, 2), passed.get(0).group().rollouts().stream().map(Rollout::index).toList());
    assertEquals(List.of(1.0, 1.0), passed.get(0).advantages());
    assertEquals(2, passed.get(1).group().position());
  }

  @Test
  void lossIsTheMeanOverImitatedTokens() {
    try (Policy policy = TinyStep.policy();
        Shards shards = new Shards(2)) {
      List<RolloutGroup> groups = TinyStep.sample(policy, TinyStep.PROMPTS, 1);
      List<ScoredGroup> scored = new ArrayList<>();
      double sum = 0;
      long tokens = 0;
      for (int i = 0; i < groups.size(); i++) {
        scored.add(TinyStep.scored(groups.get(i), 1, 0, 0, 1));
        for (int j : new int[] {0, 3}) {
          Rollout rollout = groups.get(i).rollouts().get(j);
          for (float logProb : logProbs(policy, i, rollout)) {
            sum += logProb;
            tokens++;
          }
        }
      }
      GradientSource local =
          new LocalGradientSource(
              policy,
              new Scorer(policy, 1),
              shards,
              TinyStep.settings(new NegativeLogLikelihood(), 4));
      try (StepGradient gradient =
          new SupervisedGradientSource(local).gradient(scored, new OldLogProbs(), () -> false)) {
        assertEquals(-sum / tokens, gradient.report().loss(), 1e-5);
        assertEquals(tokens, gradient.report().tokens());
        assertTrue(gradient.total().norm() > 1e-4);
      }
    }
  }

  private static float[] logProbs(Policy policy, int prompt, Rollout rollout) {
    return new Scorer(policy, 1)
        .score(
            PolicyView.TUNED,
            List.of(TinyStep.PROMPTS.get(prompt).tokens().toArray()),
            List.of(Scorer.Row.of(0, rollout.tokens().tokens())))
        .logProbs()
        .get(0);
  }

  @Test
  void nothingToImitateGivesNoGradient() {
    try (Policy policy = TinyStep.policy();
        Shards shards = new Shards(2);
        StepGradient gradient =
            new SupervisedGradientSource(
                    new LocalGradientSource(
                        policy,
                        new Scorer(policy, 1),
                        shards,
                        TinyStep.settings(new NegativeLogLikelihood(), 4)))
                .gradient(
                    List.of(TinyStep.scored(Groups.of(0, 2), 0, 0)),
                    new OldLogProbs(),
                    () -> false)) {
      assertTrue(gradient.total().isEmpty());
      assertEquals(0, gradient.report().loss());
    }
  }
}
