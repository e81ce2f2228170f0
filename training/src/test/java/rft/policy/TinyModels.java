package rft.policy;

import org.jspecify.annotations.Nullable;

/** Random models small enough for any test. */
public final class TinyModels {
  private TinyModels() {}

  /** Returns a model with grouped-query attention, an untied head and odd sizes. */
  public static ModelConfig groupedQuery() {
    return config(3, 6, 2, false);
  }

  /** Returns a model with one key head per query head and a tied head. */
  public static ModelConfig multiHead() {
    return config(2, 4, 4, true);
  }

  /** Returns a model of a family, with grouped-query attention and a tied head. */
  static ModelConfig family(Family family, boolean biased, @Nullable RopeScaling scaling) {
    return new ModelConfig(61, 32, 40, 2, 4, 2, 8, 1e-5, 10_000, true, 96, family, biased, scaling);
  }

  /** Returns random values in every tensor, also in norms and biases. */
  static float[] weights(String name, int[] shape) {
    float[] values = new float[Math.toIntExact(Shapes.count(shape))];
    for (int i = 0; i < values.length; i++) {
      double normal = CounterRandom.normal(7, CounterRandom.Purpose.INITIALISE, name.hashCode(), i);
      values[i] = (float) (name.endsWith("norm.weight") ? 1 + 0.1 * normal : 0.2 * normal);
    }
    return values;
  }

  private static ModelConfig config(int layers, int heads, int kvHeads, boolean tied) {
    return new ModelConfig(61, heads * 8, 40, layers, heads, kvHeads, 8, 1e-5, 10_000, tied, 96);
  }

  /**
   * Returns random values in every trained array, so that an adapter changes what the model
   * computes.
   */
  public static void perturb(Policy policy, double size, long seed) {
    var state = policy.state();
    state.forEach(
        (name, values) -> {
          for (int i = 0; i < values.length; i++) {
            values[i] +=
                (float)
                    (size
                        * CounterRandom.normal(
                            seed, CounterRandom.Purpose.INITIALISE, name.hashCode(), i));
          }
        });
    policy.restore(state);
  }
}
