package rft.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which policy loss, and how it is averaged over tokens; the names are those of TRL. */
public enum LossKind {
  /** Clipped ratio, mean of each rollout's token mean. */
  GRPO,
  /** Clipped ratio, token mean of the update, as DAPO; its usual clip is symmetric. */
  BNPO,
  /** Clipped ratio, sum over tokens by a constant length. */
  DR_GRPO,
  /** Clipped ratio, token mean of the whole step. */
  DAPO,
  /** Clipped ratio of whole sequences. */
  GSPO,
  /** Log-probability weighted by a capped ratio that carries no gradient. */
  CISPO;

  /** Returns the lower-case name used in files and options, for example {@code dr_grpo}. */
  @JsonValue
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
