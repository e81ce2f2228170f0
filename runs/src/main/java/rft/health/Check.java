package rft.health;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A rule that found no trouble.
 *
 * @param rule name of the rule
 * @param outcome whether it could look at all
 * @param sentence what it saw, or why it could not look; without a full stop
 */
public record Check(String rule, Outcome outcome, String sentence) {
  /** What came of a rule that gives no alarm. */
  public enum Outcome {
    PASSED,
    /** The run lacks what the rule looks at, or has too few steps yet. */
    NOT_APPLICABLE;

    /** Returns the lower-case name used in output. */
    @JsonValue
    public String jsonName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
