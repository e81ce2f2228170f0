package rft.reward;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How much a method counts as a part of a {@link Rubric}; a method without it counts 1. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Weight {
  /** Factor of the part's value in the sum, may be negative; 0 makes it a metric. */
  double value();
}
