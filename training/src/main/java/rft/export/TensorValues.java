package rft.export;

import java.util.Map;
import java.util.Objects;
import rft.policy.Shapes;

/** Checks values about to be used against the tensors that they must be. */
final class TensorValues {
  private TensorValues() {}

  /**
   * Requires exactly one array of the right length per tensor.
   *
   * @param subject what the values are, the beginning of a message
   * @throws IllegalArgumentException if a tensor is missing, unknown or has another number of
   *     values, naming it
   */
  static void check(String subject, Map<String, int[]> shapes, Map<String, float[]> values) {
    shapes.forEach(
        (name, shape) -> {
          float[] found = values.get(name);
          if (found == null || found.length != Shapes.count(shape)) {
            String count = found == null ? "no values" : found.length + " values";
            throw new IllegalArgumentException(
                subject
                    + ": "
                    + count
                    + " for "
                    + name
                    + ", which has the shape "
                    + Shapes.text(shape));
          }
        });
    for (String name : values.keySet()) {
      if (!shapes.containsKey(name)) {
        throw new IllegalArgumentException(subject + ": " + name + " is no tensor of this model");
      }
    }
  }

  /** Returns the values of a tensor that was checked to be there. */
  static float[] get(Map<String, float[]> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }
}
