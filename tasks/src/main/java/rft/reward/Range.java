package rft.reward;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The values a part of a {@link Rubric} takes, which are brought to 0 to 1: {@code low} becomes 0,
 * {@code high} 1, and what lies beyond them is cut off. Where less is better, {@code low} is the
 * larger one.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Range {
  /** The value that counts 0. */
  double low() default 0;

  /** The value that counts 1. */
  double high();
}
