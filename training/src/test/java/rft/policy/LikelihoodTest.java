package rft.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

/**
 * All ways to the likelihood of tokens lead to the same numbers: with logits, with and without what
 * the way back needs, and without logits.
 */
final class LikelihoodTest {
  private static final int TOKENS = 300;

  @Test
  void attentionToTheHeadGivesWhatLogitsGive() {
    ModelConfig config = new ModelConfig(777, 32, 40, 1, 4, 4, 8, 1e-5, 10_000, true, 96);
    Decoder.Form form = new Decoder.Form(config, Layout.FUSED, Precision.F32, 1);
    try (Policy policy = Policy.of(form, TinyModels::weights, "cpu");
        NativeScope scope = policy.scope()) {
      for (float temperature : new float[] {1, 0.7f}) {
        NDList withLogits = likelihood(policy, scope, "likelihood_in_parts", temperature, 1);
        NDList scoresAlone = likelihood(policy, scope, "likelihood_in_parts", temperature, 0);
        NDList without = likelihood(policy, scope, "likelihood_attending", temperature, 0);
        for (int i = 0; i < 3; i++) { // log-probs, entropies, derivatives by the hidden states
          assertArrayEquals(
              withLogits.get(i).toFloatArray(),
              without.get(i).toFloatArray(),
              2e-5f,
              "output " + i);
        }
        for (int i = 0; i < 2; i++) {
          assertArrayEquals(
              withLogits.get(i).toFloatArray(),
              scoresAlone.get(i).toFloatArray(),
              2e-5f,
              "score " + i);
        }
        float[] logProbs = without.get(0).toFloatArray();
        assertEquals(TOKENS, logProbs.length);
        for (float logProb : logProbs) {
          assertEquals(Math.min(0, logProb), logProb);
        }
      }
    }
  }

  private static NDList likelihood(
      Policy policy, NativeScope scope, String method, float temperature, int wanted) {
    float[] hidden = new float[TOKENS * 32];
    long[] targets = new long[TOKENS];
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] = (float) Math.sin(i * 0.7) * 3;
    }
    for (int i = 0; i < TOKENS; i++) {
      targets[i] = (i * 31L) % 777;
    }
    NDList in =
        NativeScope.list(
            scope.floats("hidden", hidden, TOKENS, 32),
            scope.longs("targets", targets, TOKENS),
            scope.floats("temperature", new float[] {temperature}, 1));
    if (method.endsWith("parts")) {
      in.add(scope.length("wanted", wanted));
    }
    int head = policy.decoder().weights().size() - 2;
    assertEquals(new Shape(777, 32), policy.decoder().weights().get(head).getShape());
    assertEquals(DataType.FLOAT32, policy.decoder().weights().get(head).getDataType());
    in.add(NativeScope.named(policy.decoder().weights().get(head).duplicate(), "head"));
    return scope.call(policy.program(), method, false, in);
  }
}
