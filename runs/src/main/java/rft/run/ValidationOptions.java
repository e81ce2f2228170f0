package rft.run;

/**
 * How often the run measures itself on the validation split.
 *
 * @param every steps between measurements; 0 never measures
 * @param tasks validation tasks of one measurement
 * @param samples completions sampled of each
 */
public record ValidationOptions(int every, int tasks, int samples) {
  public ValidationOptions {
    Bounds.atLeast("validation every", every, 0, "0 never measures");
    long minimum = every == 0 ? 0 : 1;
    Bounds.atLeast("validation tasks", tasks, minimum, "use every 0 to switch validation off");
    Bounds.atLeast("validation samples", samples, minimum, "use every 0 to switch validation off");
  }

  /** Returns 100 tasks, one sample each, every 10 steps. */
  public static ValidationOptions standard() {
    return new ValidationOptions(10, 100, 1);
  }

  /** Returns no validation at all. */
  public static ValidationOptions never() {
    return new ValidationOptions(0, 0, 0);
  }

  /** Returns true if the run measures after this step; step 0 is the policy before training. */
  public boolean isDue(int step) {
    return every > 0 && step % every == 0;
  }
}
