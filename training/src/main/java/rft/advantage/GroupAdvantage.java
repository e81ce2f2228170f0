package rft.advantage;

/**
 * How much better than its group each rollout is: one row per group, rows may differ in length.
 *
 * <p>What every rule of this package promises: the advantage is exactly 0 for a rollout without a
 * reward, for every rollout of a group whose rewards are all equal, and for a group with a single
 * reward. Rollouts without a reward are left out of the statistics.
 */
@FunctionalInterface
public interface GroupAdvantage {
  /** Added to a standard deviation before dividing by it, as TRL does. */
  double FLOOR = 1e-4;

  /**
   * Returns the advantages: (B, G), finite.
   *
   * @param rewards (B, G), NaN where a rollout is unscorable
   * @throws IllegalArgumentException if a reward is infinite
   */
  double[][] of(double[][] rewards);

  /**
   * Returns the rule of GRPO: {@code (r - mean_group) / (std_group + 1e-4)}. Only the shape of the
   * rewards inside a group matters, not their offset or scale.
   *
   * @see <a href="https://arxiv.org/abs/2402.03300">DeepSeekMath</a>, outcome supervision
   */
  static GroupAdvantage group() {
    return rewards -> Centred.of(rewards, (group, all) -> 1 / (group.std() + FLOOR));
  }

  /**
   * Returns the rule {@code (r - mean_group) / (std_batch + 1e-4)}: centred by group, scaled by all
   * rewards of the batch, so that groups which hardly differ inside weigh little.
   *
   * @see <a href="https://arxiv.org/abs/2508.08221">Tricks or Traps?</a>, the mix of group mean and
   *     batch std
   */
  static GroupAdvantage batch() {
    return rewards -> Centred.of(rewards, (group, all) -> 1 / (all.std() + FLOOR));
  }

  /**
   * Returns the rule {@code r - mean_group}: no scaling, so that easy and hard tasks are not blown
   * up.
   *
   * @see <a href="https://arxiv.org/abs/2503.20783">Dr. GRPO</a>, which also needs {@code
   *     rft.loss.Losses.drGrpo}
   */
  static GroupAdvantage none() {
    return rewards -> Centred.of(rewards, (group, all) -> 1);
  }

  /**
   * Returns the rule of leave-one-out: each reward minus the mean of the others of its group, which
   * is {@code n / (n - 1) * (r - mean_group)}.
   *
   * @see <a href="https://arxiv.org/abs/2402.14740">Back to Basics</a>, RLOO
   */
  static GroupAdvantage rloo() {
    return rewards ->
        Centred.of(rewards, (group, all) -> (double) group.count() / (group.count() - 1));
  }
}
