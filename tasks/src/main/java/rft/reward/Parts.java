package rft.reward;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class as a reward of whole methods: the one called {@code reward} if there is one, else
 * each that is not private as a part of a {@link Rubric}, by its name, in alphabetical order. A
 * source that consists of methods gets it by itself.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Parts {}
