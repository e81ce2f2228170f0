package rft.judge;

import org.jspecify.annotations.Nullable;

/** Where settings are read: the variables of the process, or a map in a test. */
@FunctionalInterface
interface Environment {
  /** Returns the value of a variable, or null if it is not set. */
  @Nullable String get(String name);
}
