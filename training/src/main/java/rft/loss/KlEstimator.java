package rft.loss;

/**
 * Estimates of the KL divergence of the policy from the base at one sampled token, from {@code x =
 * base - lp}.
 *
 * @see <a href="http://joschu.net/blog/kl-approx.html">Approximating KL Divergence</a>
 */
public enum KlEstimator {
  /**
   * {@code -x}: unbiased, of high variance. As a loss it pushes every sampled token down alike,
   * which is no pull toward the base.
   */
  K1 {
    @Override
    public double value(double x) {
      return -x;
    }

    @Override
    double slope(double x) {
      return 1;
    }
  },

  /** {@code x^2 / 2}: biased in value; its gradient is that of the KL divergence. */
  K2 {
    @Override
    public double value(double x) {
      return x * x / 2;
    }

    @Override
    double slope(double x) {
      return -x;
    }
  },

  /** {@code exp(x) - x - 1}: unbiased and never negative. What GRPO and TRL use. */
  K3 {
    @Override
    public double value(double x) {
      return Math.expm1(x) - x;
    }

    @Override
    double slope(double x) {
      return -Math.expm1(x);
    }
  };

  /**
   * Returns the estimate in nats.
   *
   * @param x log-prob under the base minus log-prob under the policy
   */
  public abstract double value(double x);

  /** Returns the slope of the value in the log-prob under the policy. */
  abstract double slope(double x);
}
