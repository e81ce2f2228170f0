package rft.loop;

import java.util.OptionalDouble;

/**
 * What one pass of the loss over a step saw, summable over its parts.
 *
 * @param loss value of the loss; see the loss for why it says little on its own
 * @param tokens tokens scored
 * @param klSum sum over tokens of the k3 estimate against the base, in nats
 * @param klTokens tokens the sum is over; 0 when the loss has no KL term
 * @param clippedLow units clipped from below
 * @param clippedHigh units clipped from above
 * @param clipUnits what may be clipped: tokens, or rollouts where the ratio is a whole sequence's
 * @param samplerGap between trainer and sampler, over every token whether masked or not
 */
public record LossReport(
    double loss,
    long tokens,
    double klSum,
    long klTokens,
    long clippedLow,
    long clippedHigh,
    long clipUnits,
    SamplerGap samplerGap) {
  /** The report of nothing. */
  public static final LossReport EMPTY = new LossReport(0, 0, 0, 0, 0, 0, 0, SamplerGap.NONE);

  /** Returns the report over both parts. */
  public LossReport plus(LossReport other) {
    return new LossReport(
        loss + other.loss,
        tokens + other.tokens,
        klSum + other.klSum,
        klTokens + other.klTokens,
        clippedLow + other.clippedLow,
        clippedHigh + other.clippedHigh,
        clipUnits + other.clipUnits,
        samplerGap.plus(other.samplerGap));
  }

  /** Returns this report for tokens that the policy being trained did not sample. */
  LossReport withoutSampler() {
    return new LossReport(
        loss, tokens, klSum, klTokens, clippedLow, clippedHigh, clipUnits, SamplerGap.UNKNOWN);
  }

  /** Returns the token mean of the KL estimate, or empty when there is none. */
  public OptionalDouble kl() {
    return klTokens == 0 ? OptionalDouble.empty() : OptionalDouble.of(klSum / klTokens);
  }
}
