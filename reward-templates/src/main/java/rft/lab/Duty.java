package rft.lab;

import java.util.Locale;

/** What a sound reward does with an answer that a probe makes up. */
public enum Duty {
  /** It is right, so it must be paid. */
  MUST_PAY,
  /** It is wrong, so it must not be paid. */
  MUST_NOT_PAY,
  /** Wrong only if the gold check says so; without one it is shown, and nothing follows. */
  ASK_GOLD,
  /** Honest rewards differ here: it is shown, and nothing follows. */
  MAY_PAY;

  /** Returns the name used in files, for example {@code must-not-pay}. */
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
