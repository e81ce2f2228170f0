package rft.dataset;

import java.util.Locale;

/** The three disjoint parts of a dataset: to learn from, to choose by, to report on. */
public enum Split {
  TRAIN,
  VALIDATION,
  TEST;

  /** Returns the lower-case name used in files and options. */
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
