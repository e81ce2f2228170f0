package rft.grader;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Where a value lies.
 *
 * @param low may be minus infinity
 * @param high may be infinity
 */
record Interval(double low, double high) {
  static final Interval ALL = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** From 0 to 1. */
  static final Interval UNIT = new Interval(0, 1);

  static Interval of(double value) {
    return new Interval(value, value);
  }

  /** Returns where a function that never falls takes it. */
  Interval rising(DoubleUnaryOperator function) {
    return known(function.applyAsDouble(low), function.applyAsDouble(high));
  }

  /** Returns where an operator takes both that is monotone in each of them. */
  Interval with(Interval other, DoubleBinaryOperator operator) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double a : new double[] {this.low, this.high}) {
      for (double b : new double[] {other.low, other.high}) {
        double value = operator.applyAsDouble(a, b);
        if (Double.isNaN(value)) {
          return ALL;
        }
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return new Interval(low, high);
  }

  boolean holds(double value) {
    return low <= value && value <= high;
  }

  private static Interval known(double low, double high) {
    return Double.isNaN(low) || Double.isNaN(high) ? ALL : new Interval(low, high);
  }
}
