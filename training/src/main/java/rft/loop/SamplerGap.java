package rft.loop;

import java.util.OptionalDouble;

/**
 * How far the trainer's log-probabilities lie from those that the sampler noted of the same tokens,
 * summable over parts of a step.
 *
 * @param most largest |log-prob of the trainer - log-prob of the sampler| in nats; NaN when the
 *     tokens were not sampled from the policy being trained
 * @param sum of that over all tokens, in nats; NaN alike
 * @param tokens that were compared
 */
public record SamplerGap(double most, double sum, long tokens) {
  /** The gap over nothing. */
  public static final SamplerGap NONE = new SamplerGap(0, 0, 0);

  /** The gap of tokens that the policy being trained did not sample. */
  public static final SamplerGap UNKNOWN = new SamplerGap(Double.NaN, Double.NaN, 0);

  /**
   * Compares the tokens of one completion.
   *
   * @param trainer log-probabilities of its tokens in nats
   * @param sampler as many
   */
  public static SamplerGap between(float[] trainer, float[] sampler) {
    double most = 0;
    double sum = 0;
    for (int i = 0; i < trainer.length; i++) {
      double gap = Math.abs((double) trainer[i] - sampler[i]);
      most = Math.max(most, gap);
      sum += gap;
    }
    return new SamplerGap(most, sum, trainer.length);
  }

  /** Returns the gap over both parts. */
  public SamplerGap plus(SamplerGap other) {
    return new SamplerGap(Math.max(most, other.most), sum + other.sum, tokens + other.tokens);
  }

  /** Returns the token mean, or empty when nothing could be compared. */
  public OptionalDouble mean() {
    return tokens == 0 || Double.isNaN(sum)
        ? OptionalDouble.empty()
        : OptionalDouble.of(sum / tokens);
  }
}
