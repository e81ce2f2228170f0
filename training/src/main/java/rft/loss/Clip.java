package rft.loss;

/**
 * The trust region of the ratio: {@code [1 - low, 1 + high]}.
 *
 * @param low how far the ratio may fall when the advantage is negative
 * @param high how far the ratio may rise when the advantage is positive
 * @param delta cap of the ratio when the advantage is negative, which the plain clip leaves
 *     unbounded; infinite for none
 */
public record Clip(double low, double high, double delta) {
  public Clip {
    if (!(low >= 0 && high >= 0) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "clip (low "
              + low
              + ", high "
              + high
              + ") must be finite and not negative, for example 0.2");
    }
    if (!(delta > 1 + high)) {
      throw new IllegalArgumentException(
          "clip delta (" + delta + ") must be above 1 + high (" + (1 + high) + "), or infinite");
    }
  }

  /** Returns a clip without a cap for negative advantages. */
  public static Clip of(double low, double high) {
    return new Clip(low, high, Double.POSITIVE_INFINITY);
  }

  /**
   * Returns this clip with a cap for negative advantages: two-sided clipping.
   *
   * @see <a href="https://arxiv.org/abs/2505.07291">INTELLECT-2</a>, two-sided GRPO clipping
   */
  public Clip withDelta(double delta) {
    return new Clip(low, high, delta);
  }
}
