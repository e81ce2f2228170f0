package rft.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the learning rate moves after warm-up. */
public enum Schedule {
  /** It stays. */
  CONSTANT,
  /** It falls on a straight line to 0 at the last step. */
  LINEAR,
  /** It falls on half a cosine to 0 at the last step. */
  COSINE;

  /** Returns the lower-case name used in files and options. */
  @JsonValue
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
