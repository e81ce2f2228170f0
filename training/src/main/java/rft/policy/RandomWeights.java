package rft.policy;

import java.util.Arrays;
import rft.policy.CounterRandom.Purpose;

/**
 * Initial weights of a model that is trained from scratch: normal with deviation 0.02, norms 1,
 * biases 0, and the two projections that write to the residual stream smaller by sqrt(2 layers), as
 * GPT-2 has it.
 */
final class RandomWeights implements Decoder.WeightSource {
  private static final double DEVIATION = 0.02;

  private final long seed;
  private final int layers;

  RandomWeights(long seed, int layers) {
    this.seed = seed;
    this.layers = layers;
  }

  @Override
  public float[] floats(String name, int[] shape) {
    float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    if (shape.length == 1) {
      Arrays.fill(values, name.endsWith(".bias") ? 0 : 1);
      return values;
    }
    boolean residual = name.endsWith("o_proj.weight") || name.endsWith("down_proj.weight");
    double deviation = residual ? DEVIATION / Math.sqrt(2.0 * layers) : DEVIATION;
    for (int i = 0; i < values.length; i++) {
      values[i] =
          (float) (deviation * CounterRandom.normal(seed, Purpose.INITIALISE, name.hashCode(), i));
    }
    return values;
  }
}
