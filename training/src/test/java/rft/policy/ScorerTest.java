package rft.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScorerTest {
  private static final List<int[]> PROMPTS = List.of(new int[] {3, 7, 11, 2}, new int[] {5, 9});
  private static final List<Scorer.Row> ROWS =
      List.of(Scorer.Row.of(0, 1, 4, 8), Scorer.Row.of(0, 6), Scorer.Row.of(1, 2, 2, 10, 12, 1));

  private static Policy policy(boolean full) {
    Policy policy =
        Policy.random(full ? TinyModels.multiHead() : TinyModels.groupedQuery(), 5, "cpu");
    if (full) {
      policy.trainAll(true);
    } else {
      policy.attachAdapter(new AdapterShape(4, 8, AdapterShape.ALL_TARGETS), 1);
    }
    TinyModels.perturb(policy, 0.05, 2);
    return policy;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gradientAgreesWithCentralDifferences(boolean full) {
    try (Policy policy = policy(full);
        GradientTotal total = new GradientTotal(policy)) {
      double[][] weights = {{0.5, -1, 0.25}, {2}, {1, -0.5, 0.75, -1.5, 0.1}};
      Scorer scorer = new Scorer(policy, 0.8);
      try (Scorer.Scored scored = scorer.forward(PROMPTS, ROWS)) {
        scored.gradient(weights, total);
      }
      List<String> names = List.copyOf(policy.trainable().keySet());
      for (int i = 0; i < names.size(); i += 5) {
        String name = names.get(i);
        float[] gradient = total.arrays().get(i).toFloatArray();
        double expected = directionalDifference(policy, scorer, name, gradient, weights);
        double length = 0;
        for (float g : gradient) {
          length += g * g;
        }
        length = Math.sqrt(length);
        assertEquals(length, expected, 0.01 * length + 2e-3, name);
      }
    }
  }

  /**
   * Returns the slope of the weighted log-probs along the unit vector of a gradient, by central
   * differences.
   */
  private static double directionalDifference(
      Policy policy, Scorer scorer, String name, float[] gradient, double[][] weights) {
    double length = 0;
    for (float g : gradient) {
      length += g * g;
    }
    length = Math.sqrt(length);
    Map<String, float[]> state = policy.state();
    double h = 2e-2;
    double[] values = new double[2];
    for (int side = 0; side < 2; side++) {
      Map<String, float[]> moved = new TreeMap<>(state);
      float[] original = state.get(name);
      float[] shifted = original.clone();
      for (int i = 0; i < shifted.length; i++) {
        shifted[i] += (float) ((side == 0 ? h : -h) * gradient[i] / length);
      }
      moved.put(name, shifted);
      policy.restore(moved);
      TokenScores scores = scorer.score(PolicyView.TUNED, PROMPTS, ROWS);
      for (int row = 0; row < weights.length; row++) {
        for (int t = 0; t < weights[row].length; t++) {
          values[side] += weights[row][t] * scores.logProbs().get(row)[t];
        }
      }
    }
    policy.restore(state);
    return (values[0] - values[1]) / (2 * h);
  }

  @Test
  void baseViewIgnoresTheAdapter() {
    try (Policy tuned = policy(false);
        Policy plain = Policy.random(TinyModels.groupedQuery(), 5, "cpu")) {
      TokenScores base = new Scorer(tuned, 1).score(PolicyView.BASE, PROMPTS, ROWS);
      TokenScores untouched = new Scorer(plain, 1).score(PolicyView.TUNED, PROMPTS, ROWS);
      TokenScores adapted = new Scorer(tuned, 1).score(PolicyView.TUNED, PROMPTS, ROWS);
      for (int i = 0; i < ROWS.size(); i++) {
        assertArrayEquals(untouched.logProbs().get(i), base.logProbs().get(i));
      }
      assertTrue(Math.abs(adapted.logProbs().get(0)[0] - base.logProbs().get(0)[0]) > 1e-4);
    }
  }

  @Test
  void fullFineTuningKeepsItsBaseOnlyWhenAsked() {
    try (Policy policy = Policy.random(TinyModels.multiHead(), 5, "cpu")) {
      TokenScores before = new Scorer(policy, 1).score(PolicyView.TUNED, PROMPTS, ROWS);
      policy.trainAll(true);
      TinyModels.perturb(policy, 0.05, 2);
      TokenScores base = new Scorer(policy, 1).score(PolicyView.BASE, PROMPTS, ROWS);
      assertArrayEquals(before.logProbs().get(2), base.logProbs().get(2));
    }
    try (Policy policy = Policy.random(TinyModels.multiHead(), 5, "cpu")) {
      policy.trainAll(false);
      Scorer scorer = new Scorer(policy, 1);
      assertThrows(IllegalStateException.class, () -> scorer.score(PolicyView.BASE, PROMPTS, ROWS));
    }
  }

  @Test
  void samplerAndScorerGiveTheSameLogProbs() {
    try (Policy policy = policy(false);
        Sampler sampler = new Sampler(policy, PolicyView.TUNED, Set.of(1))) {
      SamplingSettings settings = new SamplingSettings(12, 0.8, 1, 0);
      List<SampledTokens> sampled =
          sampler.sample(PROMPTS, 4, settings, SamplerTest::uniform, () -> false);
      List<Scorer.Row> rows = new ArrayList<>();
      for (int i = 0; i < sampled.size(); i++) {
        rows.add(Scorer.Row.of(i / 4, sampled.get(i).tokens()));
      }
      TokenScores scores = new Scorer(policy, 0.8).score(PolicyView.TUNED, PROMPTS, rows);
      for (int i = 0; i < rows.size(); i++) {
        assertArrayEquals(sampled.get(i).logProbs(), scores.logProbs().get(i), 2e-5f);
        assertArrayEquals(sampled.get(i).entropies(), scores.entropies().get(i), 2e-5f);
      }
    }
  }

  @Test
  void totalsOfPartsAddUpToTheWhole() {
    try (Policy policy = policy(false);
        GradientTotal whole = new GradientTotal(policy);
        GradientTotal sum = new GradientTotal(policy)) {
      Scorer scorer = new Scorer(policy, 1);
      try (Scorer.Scored scored = scorer.forward(PROMPTS, ROWS)) {
        scored.gradient(new double[][] {{1, 1, 1}, {1}, {1, 1, 1, 1, 1}}, whole);
      }
      for (int part = 0; part < 2; part++) {
        List<Scorer.Row> rows =
            part == 0
                ? ROWS.subList(0, 2)
                : List.of(Scorer.Row.of(0, ROWS.get(2).tokens().toArray()));
        double[][] weights =
            part == 0 ? new double[][] {{1, 1, 1}, {1}} : new double[][] {{1, 1, 1, 1, 1}};
        try (Scorer.Scored scored = scorer.forward(List.of(PROMPTS.get(part)), rows);
            GradientTotal one = new GradientTotal(policy)) {
          scored.gradient(weights, one);
          sum.add(one);
          assertTrue(one.isEmpty());
        }
      }
      assertEquals(whole.norm(), sum.norm(), 1e-5 * whole.norm());
    }
  }

  @Test
  void wrongNumberOfWeightsIsRefused() {
    try (Policy policy = policy(false);
        GradientTotal total = new GradientTotal(policy);
        Scorer.Scored scored = new Scorer(policy, 1).forward(PROMPTS, ROWS)) {
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class, () -> scored.gradient(new double[][] {{1}}, total));
      assertEquals("1 weights given for 9 scored tokens", error.getMessage());
    }
  }
}
