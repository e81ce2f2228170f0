package rft.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rft.policy.AdapterShape;
import rft.policy.GradientTotal;
import rft.policy.Policy;
import rft.policy.Scorer;
import rft.policy.TinyModels;

class AdamWTest {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.95;
  private static final double DECAY = 0.1;
  private static final double RATE = 0.02;
  private static final List<int[]> PROMPTS = List.of(new int[] {3, 7, 11});
  private static final List<Scorer.Row> ROWS = List.of(Scorer.Row.of(0, 1, 4, 8));

  private static GradientTotal gradient(Policy policy) {
    GradientTotal total = new GradientTotal(policy);
    try (Scorer.Scored scored = new Scorer(policy, 1).forward(PROMPTS, ROWS)) {
      scored.gradient(new double[][] {{1, -2, 0.5}}, total);
    }
    return total;
  }

  @Test
  void threeUpdatesFollowTheAlgorithmInDouble() {
    try (Policy policy = Policy.random(TinyModels.multiHead(), 5, "cpu")) {
      policy.trainAll(false);
      Map<String, double[]> m = new HashMap<>();
      Map<String, double[]> v = new HashMap<>();
      try (AdamW optimizer = new AdamW(policy, BETA1, BETA2, DECAY)) {
        for (int update = 1; update <= 3; update++) {
          Map<String, float[]> before = policy.state();
          try (GradientTotal total = gradient(policy)) {
            List<String> names = List.copyOf(before.keySet());
            Map<String, float[]> expected = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
              float[] g = total.arrays().get(i).toFloatArray();
              int dims = policy.shapes().get(names.get(i)).length;
              expected.put(names.get(i), reference(names.get(i), before, g, dims, update, m, v));
            }
            optimizer.step(total, RATE, 0.5);
            policy
                .state()
                .forEach(
                    (name, values) -> assertArrayEquals(expected.get(name), values, 2e-5f, name));
          }
        }
        assertEquals(3, optimizer.updates());
      }
    }
  }

  private static float[] reference(
      String name,
      Map<String, float[]> before,
      float[] g,
      int dims,
      int update,
      Map<String, double[]> ms,
      Map<String, double[]> vs) {
    double[] m = ms.computeIfAbsent(name, n -> new double[g.length]);
    double[] v = vs.computeIfAbsent(name, n -> new double[g.length]);
    float[] next = before.get(name).clone();
    for (int i = 0; i < g.length; i++) {
      double scaled = 0.5 * g[i];
      m[i] = BETA1 * m[i] + (1 - BETA1) * scaled;
      v[i] = BETA2 * v[i] + (1 - BETA2) * scaled * scaled;
      double mean = m[i] / (1 - Math.pow(BETA1, update));
      double square = v[i] / (1 - Math.pow(BETA2, update));
      double decayed = dims > 1 ? next[i] * (1 - RATE * DECAY) : next[i];
      next[i] = (float) (decayed - RATE * mean / (Math.sqrt(square) + 1e-8));
    }
    return next;
  }

  @Test
  void savedStateContinuesBitForBit() {
    try (Policy one = Policy.random(TinyModels.groupedQuery(), 5, "cpu");
        Policy two = Policy.random(TinyModels.groupedQuery(), 5, "cpu")) {
      one.attachAdapter(new AdapterShape(4, 8, AdapterShape.ALL_TARGETS), 1);
      two.attachAdapter(new AdapterShape(4, 8, AdapterShape.ALL_TARGETS), 9);
      try (AdamW first = new AdamW(one, BETA1, BETA2, DECAY);
          AdamW second = new AdamW(two, BETA1, BETA2, DECAY)) {
        update(one, first);
        two.restore(one.state());
        second.restore(first.state(), first.updates());
        update(one, first);
        update(two, second);
        one.state()
            .forEach((name, values) -> assertArrayEquals(values, two.state().get(name), name));
      }
    }
  }

  private static void update(Policy policy, AdamW optimizer) {
    try (GradientTotal total = gradient(policy)) {
      optimizer.step(total, RATE, 1);
    }
  }

  @Test
  void policyWithNothingToTrainIsRefused() {
    try (Policy policy = Policy.random(TinyModels.multiHead(), 5, "cpu")) {
      assertThrows(IllegalArgumentException.class, () -> new AdamW(policy, BETA1, BETA2, DECAY));
    }
  }
}
