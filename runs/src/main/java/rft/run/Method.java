package rft.run;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a run changes the policy. */
public enum Method {
  /** Group relative policy optimization against the reward. */
  GRPO("grpo"),
  /** Supervised tuning on the reference answers. */
  SFT_REFERENCE("sft"),
  /** Supervised tuning on the base policy's own rewarded samples: a control for GRPO. */
  SFT_SELF("sft-self"),
  /** GRPO against a reward that is a coin toss: a control that must gain nothing. */
  RANDOM_REWARD("random-reward");

  private final String jsonName;

  Method(String jsonName) {
    this.jsonName = jsonName;
  }

  /** Returns the name used in files and options, for example {@code sft-self}. */
  @JsonValue
  public String jsonName() {
    return jsonName;
  }
}
