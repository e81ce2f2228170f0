package rft.policy;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Tensor shapes: outermost size first. */
public final class Shapes {
  private Shapes() {}

  /**
   * Returns the shape of a tensor.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static int[] of(Map<String, int[]> shapes, String name) {
    int[] shape = shapes.get(name);
    if (shape == null) {
      throw new IllegalArgumentException("there is no tensor " + name);
    }
    return shape;
  }

  /** Returns the shape of an array. */
  static int[] of(NDArray array) {
    return Arrays.stream(array.getShape().getShape()).mapToInt(Math::toIntExact).toArray();
  }

  /** Returns the number of values. */
  public static long count(int[] shape) {
    return Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
  }

  /** Returns the shape as a message shows it, for example {@code (64, 16)}. */
  public static String text(int[] shape) {
    return Arrays.stream(shape)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
