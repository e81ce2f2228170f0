package rft.playground;

import org.jspecify.annotations.Nullable;

/**
 * A model as the page names it: a base model, or what a run made of one.
 *
 * @param base name of a base model; null for a run
 * @param run id of a run; null for a base model
 * @param step of the run's checkpoint; null for its best by validation, else its last
 */
record ModelChoice(@Nullable String base, @Nullable String run, @Nullable Integer step) {
  ModelChoice {
    if ((base == null) == (run == null)) {
      throw new IllegalArgumentException("a model is either a base (base) or of a run (run)");
    }
    if (run == null && step != null) {
      throw new IllegalArgumentException("step (" + step + ") needs a run");
    }
  }

  static ModelChoice ofBase(String name) {
    return new ModelChoice(name, null, null);
  }
}
