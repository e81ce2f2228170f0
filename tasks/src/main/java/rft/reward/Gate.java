package rft.reward;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A part of a {@link Rubric} without which nothing counts: where it is 0 or less, or does not
 * apply, the whole reward is 0. It adds nothing itself unless it has a {@link Weight}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Gate {}
