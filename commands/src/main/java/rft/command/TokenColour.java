package rft.command;

/** What the colour of a token means. */
public enum TokenColour {
  /** Which way the step pushes the token, and how hard: advantage x (1 - probability). */
  PUSH("push", "blue: the step makes it likelier, orange: less likely; advantage x (1 - p)"),
  /** The advantage of the whole rollout. */
  ADVANTAGE("advantage", "blue: better than its group, orange: worse"),
  /** How unlikely the token was when it was sampled. */
  LOG_PROB("log-prob", "the fuller, the less likely the policy held it"),
  /** How undecided the policy was. */
  ENTROPY("entropy", "the fuller, the more undecided the policy was"),
  /** How much likelier than for the base model, or for the other side of a comparison. */
  KL("kl", "blue: likelier than for the other policy, orange: less likely; log-prob difference");

  private final String optionName;
  private final String meaning;

  TokenColour(String optionName, String meaning) {
    this.optionName = optionName;
    this.meaning = meaning;
  }

  /** Returns the name used in options. */
  public String optionName() {
    return optionName;
  }

  /** Returns what the colour says, in a few words. */
  public String meaning() {
    return meaning;
  }

  static TokenColour named(String name) {
    return NamedChoice.of(values(), TokenColour::optionName, "--colour", name);
  }
}
