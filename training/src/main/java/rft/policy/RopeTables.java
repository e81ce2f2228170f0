package rft.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** Cosines and sines of rotary embedding, for every position of a model's context. */
final class RopeTables {
  private RopeTables() {}

  /**
   * Returns the cosine and the sine table: (maxPositions, headDim) each. The fused program rotates
   * by swapping the halves of a head, so its sines carry the sign of the half that they meet.
   */
  static List<NDArray> create(ModelConfig config, Layout layout, NDManager manager) {
    int sign = layout == Layout.FUSED ? -1 : 1;
    float[] frequencies = frequencies(config);
    int half = frequencies.length;
    float[] cos = new float[config.maxPositions() * config.headDim()];
    float[] sin = new float[cos.length];
    for (int position = 0; position < config.maxPositions(); position++) {
      for (int i = 0; i < half; i++) {
        float angle = position * frequencies[i];
        int at = position * config.headDim() + i;
        cos[at] = cos[at + half] = (float) Math.cos(angle);
        sin[at + half] = (float) Math.sin(angle);
        sin[at] = sign * sin[at + half];
      }
    }
    Shape shape = new Shape(config.maxPositions(), config.headDim());
    return List.of(
        NativeScope.named(manager.create(cos, shape), "rope[]"),
        NativeScope.named(manager.create(sin, shape), "rope[]"));
  }

  /**
   * Returns radians per position, in float as the reference implementation has them: positions
   * multiply their rounding.
   */
  private static float[] frequencies(ModelConfig config) {
    float[] frequencies = new float[config.headDim() / 2];
    RopeScaling scaling = config.ropeScaling();
    for (int i = 0; i < frequencies.length; i++) {
      double plain = 1 / Math.pow(config.ropeTheta(), (double) i / frequencies.length);
      frequencies[i] = (float) (scaling == null ? plain : scaling.scaled((float) plain));
    }
    return frequencies;
  }
}
