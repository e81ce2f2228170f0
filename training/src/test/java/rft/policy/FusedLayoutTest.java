package rft.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fused program computes what the plain description says. */
final class FusedLayoutTest {
  private static final List<int[]> PROMPTS = List.of(new int[] {3, 7, 11, 2}, new int[] {5, 9});
  private static final List<Scorer.Row> ROWS =
      List.of(
          Scorer.Row.of(0, 1, 4, 8),
          Scorer.Row.of(1, 2, 2, 10, 12, 1),
          Scorer.Row.of(0, 6),
          Scorer.Row.of(1, 30, 31));
  private static final double[][] WEIGHTS = {
    {0.5, -1, 0.25}, {1, -0.5, 0.75, -1.5, 0.1}, {2}, {0.3, 0.7}
  };

  static Stream<ModelConfig> models() {
    return Stream.of(
        TinyModels.groupedQuery(),
        TinyModels.multiHead(),
        TinyModels.family(Family.LLAMA, true, RopeScaling.llama3(8, 1, 4, 32)),
        TinyModels.family(Family.QWEN2, false, RopeScaling.linear(2)),
        TinyModels.family(Family.QWEN3, false, null));
  }

  private static Policy policy(ModelConfig config, Layout layout, Precision precision) {
    Decoder.Form form = new Decoder.Form(config, layout, precision, 2);
    return Policy.of(form, TinyModels::weights, "cpu");
  }

  private static Policy adapted(ModelConfig config, Layout layout, Precision precision) {
    Policy policy = policy(config, layout, precision);
    policy.attachAdapter(new AdapterShape(4, 8, AdapterShape.ALL_TARGETS), 1);
    TinyModels.perturb(policy, 0.1, 2);
    return policy;
  }

  @ParameterizedTest
  @MethodSource("models")
  void scoresAndGradientsAreThoseOfThePlainProgram(ModelConfig config) {
    try (Policy plain = adapted(config, Layout.PLAIN, Precision.F32);
        Policy fused = adapted(config, Layout.FUSED, Precision.F32)) {
      compareScores(plain, fused, 0.8);
      compareScores(plain, fused, 1);
    }
  }

  @Test
  void anAdapterMayLeaveProjectionsOut() {
    for (List<String> targets :
        List.of(List.of("q_proj", "down_proj"), List.of("k_proj", "v_proj", "up_proj"))) {
      try (Policy plain = policy(TinyModels.groupedQuery(), Layout.PLAIN, Precision.F32);
          Policy fused = policy(TinyModels.groupedQuery(), Layout.FUSED, Precision.F32)) {
        for (Policy policy : List.of(plain, fused)) {
          policy.attachAdapter(new AdapterShape(3, 5, targets), 1);
          TinyModels.perturb(policy, 0.1, 2);
        }
        compareScores(plain, fused, 1);
      }
    }
  }

  private static void compareScores(Policy plain, Policy fused, double temperature) {
    compareScores(plain, fused, temperature, 1);
    compareScores(plain, fused, temperature, 40); // many tokens go another way than few
  }

  private static void compareScores(Policy plain, Policy fused, double temperature, int times) {
    try (GradientTotal expected = gradient(plain, temperature, times);
        GradientTotal found = gradient(fused, temperature, times)) {
      for (PolicyView view : PolicyView.values()) {
        assertScores(plain, fused, view, temperature, 2e-5);
      }
      List<NDArray> arrays = expected.arrays();
      for (int i = 0; i < arrays.size(); i++) {
        float[] values = arrays.get(i).toFloatArray();
        double size = Math.sqrt(squares(values)) + 1e-6;
        assertArrayEquals(values, found.arrays().get(i).toFloatArray(), (float) (2e-4 * size));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aGradientLayerByLayerIsTheSameGradient(ModelConfig config) {
    for (Precision precision : List.of(Precision.F32, Precision.BF16)) {
      try (Policy policy = adapted(config, Layout.FUSED, precision);
          GradientTotal kept = new GradientTotal(policy);
          GradientTotal recomputed = new GradientTotal(policy)) {
        List.of(kept, recomputed)
            .forEach(
                total -> {
                  Scorer scorer = new Scorer(policy, 0.8, total == kept ? 1000 : 1);
                  try (Scorer.Scored scored = scorer.forward(PROMPTS, ROWS)) {
                    scored.gradient(WEIGHTS, total);
                  }
                });
        for (int i = 0; i < kept.arrays().size(); i++) {
          float[] expected = kept.arrays().get(i).toFloatArray();
          float size = (float) Math.sqrt(squares(expected)) + 1e-6f;
          assertArrayEquals(expected, recomputed.arrays().get(i).toFloatArray(), 1e-4f * size);
        }
      }
    }
  }

  private static double squares(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }

  private static GradientTotal gradient(Policy policy, double temperature, int times) {
    List<Scorer.Row> rows =
        Collections.nCopies(times, ROWS).stream().flatMap(List::stream).toList();
    double[][] weights = new double[rows.size()][];
    Arrays.setAll(weights, i -> WEIGHTS[i % WEIGHTS.length]);
    GradientTotal total = new GradientTotal(policy);
    try (Scorer.Scored scored = new Scorer(policy, temperature).forward(PROMPTS, rows)) {
      scored.gradient(weights, total);
    }
    return total;
  }

  private static void assertScores(
      Policy plain, Policy fused, PolicyView view, double temperature, double tolerance) {
    TokenScores expected = new Scorer(plain, temperature).score(view, PROMPTS, ROWS);
    TokenScores found = new Scorer(fused, temperature).score(view, PROMPTS, ROWS);
    for (int i = 0; i < ROWS.size(); i++) {
      assertArrayEquals(expected.logProbs().get(i), found.logProbs().get(i), (float) tolerance);
      assertArrayEquals(expected.entropies().get(i), found.entropies().get(i), (float) tolerance);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void itSamplesTheSameTokens(ModelConfig config) {
    for (SamplingSettings settings :
        List.of(
            new SamplingSettings(20, 1, 1, 0),
            new SamplingSettings(20, 0.7, 0.9, 20),
            SamplingSettings.greedy(20))) {
      try (Policy plain = adapted(config, Layout.PLAIN, Precision.F32);
          Policy fused = adapted(config, Layout.FUSED, Precision.F32)) {
        List<SampledTokens> expected = sample(plain, settings);
        List<SampledTokens> found = sample(fused, settings);
        for (int i = 0; i < expected.size(); i++) {
          assertArrayEquals(expected.get(i).tokens(), found.get(i).tokens());
          assertArrayEquals(expected.get(i).logProbs(), found.get(i).logProbs(), 1e-4f);
          assertArrayEquals(expected.get(i).entropies(), found.get(i).entropies(), 1e-4f);
        }
      }
    }
  }

  private static List<SampledTokens> sample(Policy policy, SamplingSettings settings) {
    try (Sampler sampler = new Sampler(policy, PolicyView.TUNED, Set.of(0))) {
      return sampler.sample(
          PROMPTS,
          6,
          settings,
          (row, token) -> CounterRandom.uniform(3, CounterRandom.Purpose.SAMPLE, row, token),
          () -> false);
    }
  }

  @Test
  void aVocabularyThatFillsNoWholeBlockIsDrawnFromToItsEnd() {
    ModelConfig config = new ModelConfig(777, 32, 40, 1, 4, 4, 8, 1e-5, 10_000, true, 96);
    try (Policy plain = policy(config, Layout.PLAIN, Precision.F32);
        Policy fused = policy(config, Layout.FUSED, Precision.F32)) {
      SamplingSettings settings = new SamplingSettings(60, 3, 1, 0);
      List<SampledTokens> expected = sample(plain, settings);
      List<SampledTokens> found = sample(fused, settings);
      int beyond = 0;
      for (int i = 0; i < expected.size(); i++) {
        assertArrayEquals(expected.get(i).tokens(), found.get(i).tokens());
        beyond += (int) Arrays.stream(found.get(i).tokens()).filter(id -> id >= 768).count();
      }
      assertTrue(beyond > 0, "no token of the last block was drawn");
    }
  }

  @Test
  void whatItHoldsIsWhatItWasGiven() {
    ModelConfig config = TinyModels.family(Family.QWEN2, false, null);
    try (Policy plain = policy(config, Layout.PLAIN, Precision.F32);
        Policy fused = policy(config, Layout.FUSED, Precision.F32)) {
      Map<String, float[]> expected = plain.weights();
      Map<String, float[]> found = fused.weights();
      assertEquals(expected.keySet(), found.keySet());
      expected.forEach((name, values) -> assertArrayEquals(values, found.get(name), name));
    }
  }

  @Test
  void trainingAllWeightsGoesBackToThePlainProgram() {
    try (Policy plain = policy(TinyModels.multiHead(), Layout.PLAIN, Precision.F32);
        Policy fused = policy(TinyModels.multiHead(), Layout.FUSED, Precision.F32)) {
      plain.trainAll(true);
      fused.trainAll(true);
      assertEquals(plain.trainable().keySet(), fused.trainable().keySet());
      assertScores(plain, fused, PolicyView.TUNED, 1, 0);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void halvedWeightsChangeLogProbsLittle(ModelConfig config) {
    try (Policy plain = adapted(config, Layout.PLAIN, Precision.F32);
        Policy halved = adapted(config, Layout.FUSED, Precision.BF16)) {
      assertEquals(Precision.BF16, halved.precision());
      for (PolicyView view : PolicyView.values()) {
        assertScores(plain, halved, view, 1, 0.06);
      }
      assertThrows(
          AssertionError.class, () -> assertScores(plain, halved, PolicyView.TUNED, 1, 1e-6));
      for (int times : List.of(1, 16)) { // many tokens go another way than few
        try (GradientTotal expected = gradient(plain, 1, times);
            GradientTotal found = gradient(halved, 1, times)) {
          assertEquals(1, cosine(expected, found), 2e-3);
          assertEquals(expected.norm(), found.norm(), 0.03 * expected.norm());
        }
      }
    }
  }

  private static double cosine(GradientTotal one, GradientTotal other) {
    double dot = 0;
    for (int i = 0; i < one.arrays().size(); i++) {
      float[] a = one.arrays().get(i).toFloatArray();
      float[] b = other.arrays().get(i).toFloatArray();
      for (int k = 0; k < a.length; k++) {
        dot += (double) a[k] * b[k];
      }
    }
    return dot / (one.norm() * other.norm());
  }

  @Test
  void servingVariantsAgree() {
    ModelConfig config = TinyModels.groupedQuery();
    int[] text = {3, 7, 11, 2, 40, 41, 1};
    try (Policy plain = adapted(config, Layout.PLAIN, Precision.F32);
        Policy fused = adapted(config, Layout.FUSED, Precision.F32)) {
      AdapterShape shape = new AdapterShape(4, 8, AdapterShape.ALL_TARGETS);
      Map<String, float[]> state = plain.state();
      try (Variant one = Variant.adapted(plain, shape, state);
          Variant other = Variant.adapted(fused, shape, state);
          Variant replaced = Variant.replaced(fused, plain.weights());
          Variant base = Variant.base(plain)) {
        assertRanks(one.rank(text, 3), other.rank(text, 3));
        assertRanks(base.rank(text, 3), replaced.rank(text, 3));
      }
    }
  }

  private static void assertRanks(List<DrawnToken> expected, List<DrawnToken> found) {
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).logProb(), found.get(i).logProb(), 1e-4);
    }
  }

  @Test
  void halfPrecisionOfGpusIsRefusedOnTheCpu() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Policy.load(java.nio.file.Path.of("absent"), "cpu", Precision.F16, 1))
            .getMessage();
    assertEquals("precision f16 is for GPUs, and the device is cpu: use bf16 or f32", message);
  }
}
