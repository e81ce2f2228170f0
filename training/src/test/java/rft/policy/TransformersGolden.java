package rft.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What transformers and peft computed in float32 of one model, and how ours must compare. */
final class TransformersGolden {
  private static final float ABSOLUTE = 1e-3f;
  private static final double RELATIVE = 1e-3;

  private final JsonNode json;

  TransformersGolden(Path file) throws IOException {
    this.json = new JsonMapper().readTree(file.toFile());
  }

  JsonNode json() {
    return json;
  }

  /** Checks everything; the policy has an adapter afterwards. */
  void check(Policy policy) {
    checkLogits(policy);
    checkGreedy(policy, json.path("prompts").path(1), json.path("greedy"));
    checkGradients(policy, json.path("prompts").path(1), json.path("lora"));
  }

  private void checkLogits(Policy policy) {
    assertEquals(2, json.path("prompts").size());
    for (int i = 0; i < 2; i++) {
      int[] prompt = ints(json.path("prompts").path(i));
      float[] logits = GoldenLogitsTest.logits(policy, PolicyView.TUNED, prompt);
      assertArrayEquals(floats(json.path("logits").path(i)), logits, ABSOLUTE);
    }
  }

  private static void checkGreedy(Policy policy, JsonNode prompt, JsonNode greedy) {
    int[] want = ints(greedy.path("tokens"));
    SamplingSettings settings = SamplingSettings.greedy(want.length);
    try (Sampler sampler = new Sampler(policy, PolicyView.TUNED, Set.of())) {
      SampledTokens drawn =
          sampler
              .sample(List.of(ints(prompt)), 1, settings, (row, token) -> 0.5, () -> false)
              .get(0);
      assertArrayEquals(want, drawn.tokens());
    }
    float[] logProbs =
        new Scorer(policy, 1)
            .score(PolicyView.TUNED, List.of(ints(prompt)), List.of(Scorer.Row.of(0, want)))
            .logProbs()
            .get(0);
    for (int i = 0; i < want.length; i++) {
      assertEquals(greedy.path("logprobs").path(i).doubleValue(), logProbs[i], ABSOLUTE);
    }
  }

  private static void checkGradients(Policy policy, JsonNode prompt, JsonNode golden) {
    int rank = golden.path("rank").intValue();
    policy.attachAdapter(
        new AdapterShape(rank, golden.path("alpha").doubleValue(), AdapterShape.ALL_TARGETS), 1);
    Map<String, float[]> adapter = new LinkedHashMap<>();
    double amplitude = golden.path("amplitude").doubleValue();
    policy
        .state()
        .forEach((name, values) -> adapter.put(name, formula(amplitude, adapter.size(), values)));
    policy.restore(adapter);
    Scorer.Row row = Scorer.Row.of(0, ints(golden.path("completion")));
    double[][] weights = {doubles(golden.path("weights"))};
    List<int[]> prompts = List.of(ints(prompt));
    try (GradientTotal total = new GradientTotal(policy)) {
      try (Scorer.Scored scored = new Scorer(policy, 1).forward(prompts, List.of(row))) {
        float[] logProbs = scored.scores().logProbs().get(0);
        for (int i = 0; i < logProbs.length; i++) {
          assertEquals(golden.path("logprobs").path(i).doubleValue(), logProbs[i], ABSOLUTE);
        }
        scored.gradient(weights, total);
      }
      List<String> names = List.copyOf(policy.trainable().keySet());
      assertEquals(golden.path("gradients").size(), names.size());
      for (int i = 0; i < names.size(); i++) {
        float[] want = floats(golden.path("gradients").path(names.get(i)));
        assertCloseTo(want, total.arrays().get(i).toFloatArray(), names.get(i));
      }
    }
  }

  /** The same values as {@code adapter_values} of goldens.py. */
  private static float[] formula(double amplitude, int ordinal, float[] like) {
    float[] values = new float[like.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (amplitude * Math.sin(0.9 * i + 1.7 * ordinal + 1));
    }
    return values;
  }

  /** Requires that the distance of two vectors is small beside the length of the first. */
  private static void assertCloseTo(float[] want, float[] got, String name) {
    assertEquals(want.length, got.length, name);
    double distance = 0;
    double length = 0;
    for (int i = 0; i < want.length; i++) {
      distance += ((double) want[i] - got[i]) * (want[i] - got[i]);
      length += (double) want[i] * want[i];
    }
    assertEquals(0, Math.sqrt(distance / length), RELATIVE, name);
  }

  static int[] ints(JsonNode array) {
    int[] values = new int[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.path(i).intValue();
    }
    return values;
  }

  private static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.path(i).doubleValue();
    }
    return values;
  }

  /** Returns base64 of little-endian float32 values. */
  private static float[] floats(JsonNode base64) {
    byte[] bytes = Base64.getDecoder().decode(base64.textValue());
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
