package rft.reward;

import java.util.List;
import java.util.OptionalDouble;

/** How the parts of a {@link Rubric} become one reward. */
public enum Combination {
  /** The sum of weight times value; a part that abstains adds nothing. */
  SUM {
    @Override
    double of(double one, double other) {
      return one + other;
    }
  },
  /** The product of weight times value, so that one part at 0 makes the whole 0. */
  PRODUCT {
    @Override
    double of(double one, double other) {
      return one * other;
    }
  },
  /** The least of weight times value: the whole is as good as its worst part. */
  MIN {
    @Override
    double of(double one, double other) {
      return Math.min(one, other);
    }
  };

  abstract double of(double one, double other);

  /** Returns the reward of weighted values; empty if there are none. */
  OptionalDouble of(List<Double> weighted) {
    return weighted.stream().mapToDouble(Double::doubleValue).reduce(this::of);
  }
}
