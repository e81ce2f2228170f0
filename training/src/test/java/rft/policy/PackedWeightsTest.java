package rft.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Packed weights sample what the others do, and decide how prompts are shared out. */
final class PackedWeightsTest {
  private static final List<int[]> PROMPTS = List.of(new int[] {3, 7, 11, 2}, new int[] {5, 9});

  private static Policy policy(ModelConfig config, Layout layout, Precision precision) {
    Decoder.Form form = new Decoder.Form(config, layout, precision, 2);
    return Policy.of(form, TinyModels::weights, "cpu");
  }

  static Stream<Arguments> models() {
    return FusedLayoutTest.models()
        .flatMap(
            model ->
                Stream.of(Precision.F32, Precision.BF16)
                    .map(precision -> Arguments.of(model, precision)));
  }

  @ParameterizedTest
  @MethodSource("models")
  void packedWeightsGiveTheLogitsOfTheOthers(ModelConfig config, Precision precision) {
    try (Policy policy = policy(config, Layout.FUSED, precision)) {
      Decoder decoder = policy.decoder();
      Assumptions.assumeTrue(
          decoder.packs(), "weights of this precision are not packed on this processor");
      assertEquals(decoder.weights().size() + 1, decoder.samplingWeights().size());
      assertSame(decoder.samplingWeights(), decoder.samplingWeights());
      assertSameLogits(
          logits(policy, decoder.weights()), logits(policy, decoder.samplingWeights()), 1e-2f);
    }
  }

  @Test
  void aHeadThatIsCutIntoPiecesGivesTheLogitsOfAWholeOne() {
    // Where pieces have a limit, it is 32,768 rows of this width.
    ModelConfig config = new ModelConfig(40_001, 64, 40, 1, 4, 2, 16, 1e-5, 10_000, true, 96);
    try (Policy plain = policy(config, Layout.PLAIN, Precision.F32);
        Policy fused = policy(config, Layout.FUSED, Precision.F32)) {
      float[] expected = logits(plain, plain.decoder().weights());
      assertSameLogits(expected, logits(fused, fused.decoder().weights()), 1e-4f);
      assertSameLogits(expected, logits(fused, fused.decoder().samplingWeights()), 1e-4f);
    }
  }

  private static void assertSameLogits(float[] expected, float[] found, float tolerance) {
    assertArrayEquals(expected, found, tolerance);
    double size = 0;
    for (float logit : expected) {
      size += Math.abs(logit);
    }
    assertTrue(size > 1, "logits too small to tell anything");
  }

  private static float[] logits(Policy policy, List<NDArray> weights) {
    PaddedPrompts prompts = PaddedPrompts.of(PROMPTS);
    long width = prompts.width();
    try (NativeScope scope = policy.scope()) {
      NDList in =
          NativeScope.list(
              scope.longs("ids", prompts.ids(), PROMPTS.size(), width),
              scope.longs("positions", prompts.positions(), PROMPTS.size(), width),
              scope.floats("mask", prompts.mask(), PROMPTS.size(), 1, width, width),
              policy.decoder().ropeTables(),
              weights,
              policy.decoder().noAdapter());
      return scope.call(policy.program(), "prefill", false, in).get(0).toFloatArray();
    }
  }

  @Test
  void partsAreSampledSideBySideWhereThatIsFaster() {
    try (Policy plain = Policy.random(TinyModels.multiHead(), 1, "cpu");
        Policy shared = policy(TinyModels.multiHead(), Layout.FUSED, Precision.F32);
        Policy packed = policy(TinyModels.multiHead(), Layout.FUSED, Precision.BF16)) {
      assertEquals(4, Sampler.parts(plain, 1, 4));
      assertEquals(shared.decoder().samplesApart() ? 2 : 1, Sampler.parts(shared, 8, 2));
      assertEquals(packed.decoder().samplesApart() ? 2 : 1, Sampler.parts(packed, 2, 2));
      assertEquals(1, Sampler.parts(packed, 1, 2));
    }
  }
}
