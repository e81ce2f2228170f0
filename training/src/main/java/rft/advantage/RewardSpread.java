package rft.advantage;

import java.util.Arrays;

/**
 * How far rewards lie apart. Where they do not, there is no signal to learn from: TRL's {@code
 * frac_reward_zero_std}.
 *
 * @param std sample standard deviation (n-1); 0 where rewards differ by rounding alone; NaN for
 *     fewer than two rewards
 */
public record RewardSpread(double std) {
  /** Spread below which rewards count as equal, so that rounding in a sum of parts does not. */
  private static final double EQUAL = 1e-8;

  public RewardSpread {
    std = std <= EQUAL ? 0 : std;
  }

  /**
   * Returns the spread of rewards.
   *
   * @param rewards any number, NaN where a rollout is unscorable: left out
   */
  public static RewardSpread of(double... rewards) {
    return new RewardSpread(Moments.of(rewards).std());
  }

  /**
   * Returns the spread over all groups together.
   *
   * @param rewards (B, G), NaN where a rollout is unscorable
   */
  public static RewardSpread ofBatch(double[][] rewards) {
    return of(Arrays.stream(rewards).flatMapToDouble(Arrays::stream).toArray());
  }

  /** Returns true if there are at least two rewards and all are equal. */
  public boolean isZero() {
    return std == 0;
  }
}
