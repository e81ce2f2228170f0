package rft.run;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one completion and what the sampler said of each. Equal by content; arrays are
 * copied on the way in and out.
 */
public final class TokenTrace {
  private final int[] tokens;
  private final boolean[] mask;
  private final float[] logProbs;
  private final float[] entropies;
  private final float @Nullable [] baseLogProbs;

  /**
   * Takes arrays of one length.
   *
   * @param tokens (T) token ids
   * @param mask (T) true where the policy chose the token, so that it is trained on
   * @param logProbs (T) natural log-probability under the sampling distribution
   * @param entropies (T) entropy of that distribution in nats
   * @param baseLogProbs (T) log-probability under the base policy, or null when not computed
   * @throws IllegalArgumentException if lengths differ, naming them
   */
  public TokenTrace(
      int[] tokens,
      boolean[] mask,
      float[] logProbs,
      float[] entropies,
      float @Nullable [] baseLogProbs) {
    int length = tokens.length;
    int base = baseLogProbs == null ? length : baseLogProbs.length;
    if (mask.length != length
        || logProbs.length != length
        || entropies.length != length
        || base != length) {
      throw new IllegalArgumentException(
          "arrays of a rollout differ in length: tokens "
              + length
              + ", mask "
              + mask.length
              + ", logProbs "
              + logProbs.length
              + ", entropies "
              + entropies.length
              + ", baseLogProbs "
              + (baseLogProbs == null ? "none" : base));
    }
    this.tokens = tokens.clone();
    this.mask = mask.clone();
    this.logProbs = logProbs.clone();
    this.entropies = entropies.clone();
    this.baseLogProbs = baseLogProbs == null ? null : baseLogProbs.clone();
  }

  /** Returns the number of tokens. */
  public int length() {
    return tokens.length;
  }

  /** Returns (T) token ids. */
  public int[] tokens() {
    return tokens.clone();
  }

  /** Returns (T) true where the policy chose the token. */
  public boolean[] mask() {
    return mask.clone();
  }

  /** Returns (T) natural log-probabilities under the sampling distribution. */
  public float[] logProbs() {
    return logProbs.clone();
  }

  /** Returns (T) entropies of the sampling distribution in nats. */
  public float[] entropies() {
    return entropies.clone();
  }

  /** Returns (T) natural log-probabilities under the base policy, or null when not computed. */
  public float @Nullable [] baseLogProbs() {
    return baseLogProbs == null ? null : baseLogProbs.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenTrace trace
        && Arrays.equals(tokens, trace.tokens)
        && Arrays.equals(mask, trace.mask)
        && Arrays.equals(logProbs, trace.logProbs)
        && Arrays.equals(entropies, trace.entropies)
        && Arrays.equals(baseLogProbs, trace.baseLogProbs);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(tokens) + Arrays.hashCode(logProbs);
  }

  @Override
  public String toString() {
    return "TokenTrace[" + tokens.length + " tokens]";
  }
}
