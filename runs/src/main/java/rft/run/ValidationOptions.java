package rft.run;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;

/**
 * How often the run measures itself on the validation split.
 *
 * @param every steps between measurements; 0 never measures
 * @param tasks validation tasks of one measurement
 * @param samples completions sampled of each
 * @param check file or name of the reward that says what is right, as given; null where that is the
 *     reward the run trains with, so that nothing shows whether the reward is being hacked
 */
public record ValidationOptions(
    int every, int tasks, int samples, @JsonSetter(nulls = Nulls.SET) @Nullable String check) {
  public ValidationOptions {
    Bounds.atLeast("validation every", every, 0, "0 never measures");
    long minimum = every == 0 ? 0 : 1;
    Bounds.atLeast("validation tasks", tasks, minimum, "use every 0 to switch validation off");
    Bounds.atLeast("validation samples", samples, minimum, "use every 0 to switch validation off");
  }

  /** Takes the reward the run trains with as the check. */
  public ValidationOptions(int every, int tasks, int samples) {
    this(every, tasks, samples, null);
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
