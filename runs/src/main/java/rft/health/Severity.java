package rft.health;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How bad an alarm is. */
public enum Severity {
  /** Worth a look; the run may recover or may be meant so. */
  WARN,
  /** Going on as it is wastes the time, or makes the policy worse. */
  STOP;

  /** Returns the lower-case name used in output. */
  @JsonValue
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
