package rft.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
  private static final AdapterShape SHAPE = new AdapterShape(4, 8, List.of("q_proj", "down_proj"));
  private static final List<int[]> PROMPTS = List.of(new int[] {3, 7, 11, 2}, new int[] {5, 9});
  private static final List<Scorer.Row> ROWS =
      List.of(Scorer.Row.of(0, 1, 4, 8), Scorer.Row.of(1, 2, 2, 10, 12, 1));

  private static Policy adapted() {
    Policy policy = Policy.random(TinyModels.groupedQuery(), 5, "cpu");
    policy.attachAdapter(SHAPE, 1);
    return policy;
  }

  private static Map<String, float[]> copy(Map<String, float[]> state) {
    Map<String, float[]> copy = new LinkedHashMap<>();
    state.forEach((name, values) -> copy.put(name, values.clone()));
    return copy;
  }

  private static void assertSame(Map<String, float[]> expected, Map<String, float[]> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, values) -> assertArrayEquals(values, actual.get(name), name));
  }

  private static void useEverything(Policy policy) {
    Scorer scorer = new Scorer(policy, 1);
    scorer.score(PolicyView.BASE, PROMPTS, ROWS);
    scorer.score(PolicyView.TUNED, PROMPTS, ROWS);
    try (GradientTotal total = new GradientTotal(policy)) {
      for (int pass = 0; pass < 2; pass++) {
        try (Scorer.Scored scored = scorer.forward(PROMPTS, ROWS)) {
          scored.gradient(new double[][] {{1, 1, 1}, {1, 1, 1, 1, 1}}, total);
        }
      }
      total.norm();
    }
    for (PolicyView view : PolicyView.values()) {
      try (Sampler sampler = new Sampler(policy, view, Set.of(7))) {
        sampler.sample(
            PROMPTS, 4, new SamplingSettings(9, 1, 0.9, 20), SamplerTest::uniform, () -> false);
        sampler.sample(PROMPTS, 4, SamplingSettings.greedy(9), (row, token) -> 0, () -> false);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingThatIsComputedStaysBehind(boolean full) {
    try (Policy policy = Policy.random(TinyModels.groupedQuery(), 5, "cpu")) {
      if (full) {
        policy.trainAll(true);
      } else {
        policy.attachAdapter(SHAPE, 1);
      }
      int before = NativeArrays.heldBy(policy);
      useEverything(policy);
      useEverything(policy);
      assertEquals(before, NativeArrays.heldBy(policy));
    }
  }
}
