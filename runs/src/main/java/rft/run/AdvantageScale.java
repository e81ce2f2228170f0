package rft.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** By which standard deviation centred rewards are divided. */
public enum AdvantageScale {
  /** That of the rollout's own group. */
  GROUP,
  /** That of the whole step. */
  BATCH,
  /** By none. */
  NONE;

  /** Returns the lower-case name used in files and options. */
  @JsonValue
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
