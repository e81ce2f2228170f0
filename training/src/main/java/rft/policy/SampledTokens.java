package rft.policy;

import java.util.Arrays;

/**
 * The tokens of one sampled completion, with what the sampler knew of each.
 *
 * <p>Arrays are not copied: this is the hand-over from the sampler, made once and not changed
 * afterwards.
 */
public final class SampledTokens {
  private final int[] tokens;
  private final float[] logProbs;
  private final float[] entropies;
  private final boolean ended;

  SampledTokens(int[] tokens, float[] logProbs, float[] entropies, boolean ended) {
    this.tokens = tokens;
    this.logProbs = logProbs;
    this.entropies = entropies;
    this.ended = ended;
  }

  /**
   * Returns tokens that nobody drew, as in supervised tuning: log-probs and entropies are NaN, the
   * last one ends.
   */
  public static SampledTokens given(int... tokens) {
    float[] unknown = new float[tokens.length];
    Arrays.fill(unknown, Float.NaN);
    return new SampledTokens(tokens.clone(), unknown, unknown.clone(), true);
  }

  /** Returns a copy of the token ids, the end token included: (T). */
  public int[] tokens() {
    return tokens.clone();
  }

  /**
   * Returns a copy of the natural log-probability of each token under the distribution it was drawn
   * from: (T).
   */
  public float[] logProbs() {
    return logProbs.clone();
  }

  /** Returns a copy of the entropy in nats of the distribution each token was drawn from: (T). */
  public float[] entropies() {
    return entropies.clone();
  }

  /** Returns the number of tokens. */
  public int length() {
    return tokens.length;
  }

  /** Returns whether the last token is an end token; otherwise the completion is truncated. */
  public boolean ended() {
    return ended;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SampledTokens that
        && Arrays.equals(tokens, that.tokens)
        && Arrays.equals(logProbs, that.logProbs)
        && Arrays.equals(entropies, that.entropies)
        && ended == that.ended;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tokens);
  }
}
