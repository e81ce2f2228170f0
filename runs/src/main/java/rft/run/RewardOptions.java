package rft.run;

import java.time.Duration;
import rft.reward.FailurePolicy;

/**
 * How long a reward may take, and what happens when it fails.
 *
 * @param failures what a failed reward means for its rollout and for the run
 * @param timeLimitSeconds most seconds of one call of the reward
 */
public record RewardOptions(FailurePolicy failures, double timeLimitSeconds) {
  private static final double USUAL_SECONDS = 5;

  public RewardOptions {
    Bounds.positive("timeLimitSeconds", timeLimitSeconds, 3600, "a reward needs some time");
  }

  /** Returns the standard failure policy with five seconds a call. */
  public static RewardOptions standard() {
    return new RewardOptions(FailurePolicy.standard(), USUAL_SECONDS);
  }

  /** Returns the time limit of one call. */
  public Duration timeLimit() {
    return Duration.ofNanos(Math.max(1, Math.round(timeLimitSeconds * 1e9)));
  }
}
