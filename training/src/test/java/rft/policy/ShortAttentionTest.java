package rft.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Attention that multiplies in bfloat16 while it trains gives what attention in float32 gives. */
final class ShortAttentionTest {
  private static final int TOKENS = 90;
  private static final int ROWS = 3;
  private static final int WIDTH = 20;
  private static final int KEYS = 50;
  private static final int HEAD = 8;
  private static final int QUERY = 6 * HEAD;
  private static final int KEY = 2 * HEAD;

  @Test
  void valuesAndGradientsAreThoseOfFloat32ButForRounding() {
    // 6 heads share 2 pairs of keys and values of 8 numbers
    ModelConfig config = new ModelConfig(777, 48, 40, 1, 6, 2, 8, 1e-5, 10_000, true, 96);
    Decoder.Form form = new Decoder.Form(config, Layout.FUSED, Precision.BF16, 1);
    try (Policy policy = Policy.of(form, TinyModels::weights, "cpu");
        NativeScope scope = policy.scope()) {
      List<float[]> exact = attention(policy, scope, false);
      List<float[]> rounded = attention(policy, scope, true);
      for (int i = 0; i < 3; i++) { // values, derivatives by queries, by keys and values
        assertEquals(exact.get(i).length, rounded.get(i).length);
        double error = norm(difference(exact.get(i), rounded.get(i))) / norm(exact.get(i));
        assertTrue(error < 0.02, "output " + i + " is off by " + error);
        assertTrue(error > 1e-5, "output " + i + " was not computed in bfloat16");
      }
    }
  }

  private static List<float[]> attention(Policy policy, NativeScope scope, boolean halved) {
    Random random = new Random(7);
    float[] mask = new float[ROWS * WIDTH * KEYS];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % KEYS > 0 && random.nextInt(3) == 0 ? PaddedPrompts.HIDDEN : 0;
    }
    // Both ways scale scores, this one before its queries are rounded.
    float scale = halved ? (float) (1 / Math.sqrt(HEAD)) : 1;
    NDArray q = scope.floats("x", uniform(random, TOKENS * QUERY, scale), TOKENS, QUERY);
    NDArray kv = scope.floats("x", uniform(random, TOKENS * KEY * 2, 1), TOKENS, KEY * 2);
    NDArray later =
        scope.floats("x", uniform(random, ROWS * WIDTH * QUERY, 1), ROWS * WIDTH, QUERY);
    q.setRequiresGradient(true);
    kv.setRequiresGradient(true);
    NDList in =
        NativeScope.list(
            NativeScope.named(halved ? halved(policy, scope, q) : q, "q"),
            NativeScope.named(halved ? halved(policy, scope, kv) : kv, "kv"),
            scope.longs("queries", places(random, ROWS * WIDTH), ROWS, WIDTH),
            scope.longs("keys", places(random, ROWS * KEYS), ROWS, KEYS),
            scope.floats("mask", mask, ROWS, 1, WIDTH, KEYS));
    NDArray y = scope.call(policy.program(), "attended", true, in).get(0);
    NDList back =
        NativeScope.list(
            NativeScope.named(y, "outputs[]"),
            NativeScope.named(halved ? halved(policy, scope, later) : later, "weights[]"),
            NativeScope.named(q, "parameters[]"),
            NativeScope.named(kv, "parameters[]"));
    NDList gradients = scope.call(policy.program(), "gradient", true, back);
    float[] byQueries = gradients.get(0).toFloatArray();
    for (int i = 0; i < byQueries.length; i++) {
      byQueries[i] *= scale;
    }
    return List.of(
        y.toType(DataType.FLOAT32, true).toFloatArray(),
        byQueries,
        gradients.get(1).toFloatArray());
  }

  private static NDArray halved(Policy policy, NativeScope scope, NDArray x) {
    return scope.call(policy.program(), "halved", true, NativeScope.list(x)).get(0);
  }

  private static float[] uniform(Random random, int count, float scale) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = scale * (random.nextFloat() * 4 - 2);
    }
    return values;
  }

  private static long[] places(Random random, int count) {
    return random.longs(count, 0, TOKENS).toArray();
  }

  private static float[] difference(float[] a, float[] b) {
    float[] difference = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }
}
