package rft.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packed weights sample what the others do, and decide how prompts are shared out. */
final class PackedWeightsTest {
  private static final List<int[]> PROMPTS = List.of(new int[] {3, 7, 11, 2}, new int[] {5, 9});

  private static Policy policy(ModelConfig config, Layout layout, Precision precision) {
    Decoder.Form form = new Decoder.Form(config, layout, precision, 2);
    return Policy.of(form, TinyModels::weights, "cpu");
  }

  @ParameterizedTest
  @MethodSource("rft.policy.FusedLayoutTest#models")
  void packedWeightsGiveTheLogitsOfTheOthers(ModelConfig config) {
    try (Policy policy = policy(config, Layout.FUSED, Precision.BF16)) {
      Decoder decoder = policy.decoder();
      Assumptions.assumeTrue(
          decoder.packs(), "weights are packed only where bfloat16 is multiplied faster");
      assertEquals(decoder.weights().size() + 1, decoder.samplingWeights().size());
      assertSame(decoder.samplingWeights(), decoder.samplingWeights());
      float[] expected = logits(policy, decoder.weights());
      float[] found = logits(policy, decoder.samplingWeights());
      assertArrayEquals(expected, found, 1e-2f);
      double size = 0;
      for (float logit : expected) {
        size += Math.abs(logit);
      }
      assertTrue(size > 1, "logits too small to tell anything");
    }
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
      assertEquals(shared.decoder().packs() ? 2 : 1, Sampler.parts(shared, 8, 2));
      assertEquals(packed.decoder().packs() ? 2 : 1, Sampler.parts(packed, 2, 2));
      assertEquals(1, Sampler.parts(packed, 1, 2));
    }
  }
}
