package rft.run;

import org.jspecify.annotations.Nullable;

/**
 * The checks of options, each with a message that names the option, its value and the remedy. They
 * are the only place that knows the ranges; {@link OptionRange#checkedBy} sees them at work.
 */
final class Bounds {
  private Bounds() {}

  /** Refuses a count below its minimum. */
  static void atLeast(String name, long value, long minimum, String why) {
    OptionRange.saw(name, (double) minimum, true, null, why);
    if (value < minimum) {
      throw new IllegalArgumentException(
          name + " (" + value + ") must be at least " + minimum + ": " + why);
    }
  }

  /** Refuses a number that is not finite or lies outside the closed range. */
  static void within(String name, double value, double low, double high, String why) {
    OptionRange.saw(name, low, true, high, why);
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          name + " (" + value + ") must be between " + low + " and " + high + ": " + why);
    }
  }

  /** Refuses a number that is not finite, not above 0, or above the limit. */
  static void positive(String name, double value, double high, String why) {
    OptionRange.saw(name, 0, false, high, why);
    if (!(value > 0 && value <= high)) {
      throw new IllegalArgumentException(
          name + " (" + value + ") must be above 0 and at most " + high + ": " + why);
    }
  }

  /** Refuses a text without content. */
  static void text(String name, @Nullable String value, String why) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " is missing: " + why);
    }
  }
}
