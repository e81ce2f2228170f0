package rft.reward;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How the parts of a reward become one value. It stands on the class; in a cell, which has none, on
 * one of the methods, best the first.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Combine {
  /** Sum, product or the least; without the annotation the sum. */
  Combination value() default Combination.SUM;

  /** The reward is never less than this. */
  double atLeast() default Double.NEGATIVE_INFINITY;

  /** The reward is never more than this. */
  double atMost() default Double.POSITIVE_INFINITY;
}
