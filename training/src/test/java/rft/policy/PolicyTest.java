package rft.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

  @Test
  void freshAdapterChangesNothing() {
    try (Policy plain = Policy.random(TinyModels.groupedQuery(), 5, "cpu");
        Policy adapted = adapted()) {
      TokenScores before = new Scorer(plain, 1).score(PolicyView.TUNED, PROMPTS, ROWS);
      TokenScores after = new Scorer(adapted, 1).score(PolicyView.TUNED, PROMPTS, ROWS);
      for (int i = 0; i < ROWS.size(); i++) {
        assertArrayEquals(before.logProbs().get(i), after.logProbs().get(i));
      }
    }
  }

  @Test
  void samplingWithMergedWeightsFollowsTheAdapterAsItIsNow() {
    try (Policy policy = adapted()) {
      SamplingSettings settings = new SamplingSettings(8, 1, 1, 0);
      List<List<SampledTokens>> sampled = new ArrayList<>();
      for (int round = 0; round < 2; round++) {
        try (Sampler sampler = new Sampler(policy, PolicyView.TUNED, Set.of())) {
          sampled.add(sampler.sample(PROMPTS, 2, settings, SamplerTest::uniform, () -> false));
        }
        TinyModels.perturb(policy, 0.3, 4);
      }
      assertFalse(sampled.get(0).equals(sampled.get(1)));
    }
  }

  @Test
  void trainableNamesAreThoseOfTheFormatsTheyAreSavedIn() {
    try (Policy policy = adapted()) {
      assertEquals(
          2 * 2 * 3, policy.trainable().size(), "A and B of two projections, three layers");
      assertTrue(
          policy
              .trainable()
              .containsKey("base_model.model.model.layers.2.mlp.down_proj.lora_B.weight"));
      assertArrayEquals(
          new int[] {4, 40},
          policy.shapes().get("base_model.model.model.layers.2.mlp.down_proj.lora_A.weight"));
    }
    try (Policy policy = Policy.random(TinyModels.multiHead(), 5, "cpu")) {
      policy.trainAll(false);
      assertEquals(policy.config().tensorShapes().keySet(), policy.trainable().keySet());
    }
  }

  @Test
  void restoredStateIsTheStateAndLaterChangesOfTheArraysDoNotReachIt() {
    try (Policy policy = adapted()) {
      Map<String, float[]> state = copy(policy.state());
      state.values().forEach(values -> Arrays.fill(values, 0.25f));
      Map<String, float[]> given = copy(state);
      policy.restore(given);
      given.values().forEach(values -> Arrays.fill(values, 9));
      assertSame(state, policy.state());
    }
  }

  @Test
  void stateThatDoesNotFitIsRefusedAndLeavesThePolicyAsItWas() {
    try (Policy policy = adapted()) {
      Map<String, float[]> before = policy.state();
      String last = List.copyOf(before.keySet()).get(before.size() - 1);
      Map<String, float[]> state = copy(before);
      state.values().forEach(values -> Arrays.fill(values, 3));

      state.put(last, new float[7]);
      assertEquals(
          "the saved state has 7 values for " + last + ", this policy needs 192",
          refusal(policy, state));
      state.remove(last);
      assertEquals(
          "the saved state has no " + last + ", this policy needs 192", refusal(policy, state));
      state.put(last, new float[192]);
      state.put("lm_head.weight", new float[1]);
      assertEquals(
          "the saved state has lm_head.weight, which this policy does not train",
          refusal(policy, state));
      assertSame(before, policy.state());
    }
  }

  private static String refusal(Policy policy, Map<String, float[]> state) {
    return assertThrows(IllegalArgumentException.class, () -> policy.restore(state)).getMessage();
  }

  @Test
  void secondThingToTrainIsRefused() {
    try (Policy policy = adapted()) {
      assertThrows(IllegalStateException.class, () -> policy.attachAdapter(SHAPE, 1));
      assertThrows(IllegalStateException.class, () -> policy.trainAll(true));
    }
  }

  @Test
  void baseIsThereUnlessFullTuningOverwritesIt() {
    try (Policy policy = Policy.random(TinyModels.multiHead(), 5, "cpu")) {
      assertTrue(policy.hasBase());
      policy.trainAll(false);
      assertFalse(policy.hasBase());
    }
    try (Policy policy = adapted()) {
      assertTrue(policy.hasBase());
    }
  }

  @Test
  void adapterTargetThatIsNoProjectionIsRefused() {
    try (Policy policy = Policy.random(TinyModels.multiHead(), 5, "cpu")) {
      AdapterShape wrong = new AdapterShape(4, 8, List.of("q_proj", "qkv"));
      IllegalArgumentException error =
          assertThrows(IllegalArgumentException.class, () -> policy.attachAdapter(wrong, 1));
      assertTrue(error.getMessage().startsWith("adapter target \"qkv\" is no projection"));
      policy.attachAdapter(SHAPE, 1);
    }
  }

  @Test
  void completionBeyondTheContextIsRefusedWithNumbers() {
    try (Policy policy = adapted()) {
      Scorer scorer = new Scorer(policy, 1);
      int held = NativeArrays.heldBy(policy);
      scorer.score(PolicyView.TUNED, PROMPTS, List.of(Scorer.Row.of(0, new int[92])));
      List<Scorer.Row> tooLong = List.of(ROWS.get(1), Scorer.Row.of(0, new int[93]));
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class,
              () -> scorer.score(PolicyView.TUNED, PROMPTS, tooLong));
      assertEquals(
          "a prompt of 4 tokens and a completion of 93 exceed the context of 96: shorten the prompt"
              + " or the answer",
          error.getMessage());
      assertEquals(held, NativeArrays.heldBy(policy));
    }
  }

  @Test
  void threadsThatSampleAndScoreTogetherSeeWhatOneSees() throws Exception {
    try (Policy policy = adapted();
        Sampler sampler = new Sampler(policy, PolicyView.TUNED, Set.of(7))) {
      TinyModels.perturb(policy, 0.1, 2);
      SamplingSettings settings = new SamplingSettings(9, 1, 1, 0);
      List<SampledTokens> alone =
          sampler.sample(PROMPTS, 4, settings, SamplerTest::uniform, () -> false);
      float[] scores =
          new Scorer(policy, 1).score(PolicyView.TUNED, PROMPTS, ROWS).logProbs().get(1);
      ExecutorService pool = Executors.newFixedThreadPool(4);
      try {
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
          boolean gradients = i % 3 == 0;
          work.add(
              () -> {
                if (gradients) {
                  try (Scorer.Scored scored = new Scorer(policy, 1).forward(PROMPTS, ROWS);
                      GradientTotal total = new GradientTotal(policy)) {
                    scored.gradient(new double[][] {{1, 1, 1}, {1, 1, 1, 1, 1}}, total);
                    return total.norm() > 0
                        && Arrays.equals(scores, scored.scores().logProbs().get(1));
                  }
                }
                return sampler
                    .sample(PROMPTS, 4, settings, SamplerTest::uniform, () -> false)
                    .equals(alone);
              });
        }
        for (Future<Boolean> future : pool.invokeAll(work)) {
          assertTrue(future.get());
        }
      } finally {
        pool.shutdownNow();
      }
    }
  }
}
