package rft.reward;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;

/** How the parts of a {@link Rubric} become one reward. */
public enum Combination {
  /** The sum of weight times value; a part that abstains adds nothing. */
  SUM(Double::sum),
  /** The product of weight times value, so that one part at 0 makes the whole 0. */
  PRODUCT((product, factor) -> product * factor),
  /** The least of weight times value: the whole is as good as its worst part. */
  MIN(Math::min);

  private final DoubleBinaryOperator step;

  Combination(DoubleBinaryOperator step) {
    this.step = step;
  }

  /** Returns the reward of weighted values; empty if there are none. */
  OptionalDouble of(List<Double> weighted) {
    return weighted.stream().mapToDouble(Double::doubleValue).reduce(step);
  }
}
