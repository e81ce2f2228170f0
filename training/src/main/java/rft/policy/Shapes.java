package rft.policy;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Tensor shapes: outermost size first. */
public final class Shapes {
  private Shapes() {}

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
