package rft.policy;

import rft.run.SamplingOptions;

/**
 * How tokens are drawn.
 *
 * @param maxNewTokens most tokens per completion, the end token included; at least 1
 * @param temperature divides the logits; 0 takes the most likely token, and what is less than
 *     {@link SamplingOptions#LEAST_TEMPERATURE} counts as that
 * @param topP keeps the smallest set of tokens with at least this probability; 1 keeps all
 * @param topK keeps this many most likely tokens; 0 keeps all
 */
public record SamplingSettings(int maxNewTokens, double temperature, double topP, int topK) {
  public SamplingSettings {
    if (maxNewTokens < 1) {
      throw new IllegalArgumentException("maxNewTokens (" + maxNewTokens + ") must be at least 1");
    }
    if (!(temperature >= 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException(
          "temperature (" + temperature + ") must be 0 or a positive number");
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("topP (" + topP + ") must be above 0 and at most 1");
    }
    if (topK < 0) {
      throw new IllegalArgumentException("topK (" + topK + ") must be 0 (all) or positive");
    }
    // What a float cannot hold would make every logit infinite, or keep no token.
    temperature = temperature == 0 ? 0 : Math.max(temperature, SamplingOptions.LEAST_TEMPERATURE);
    topP = Math.max(topP, Float.MIN_NORMAL);
  }

  /** Returns settings that always take the most likely token. */
  public static SamplingSettings greedy(int maxNewTokens) {
    return new SamplingSettings(maxNewTokens, 0, 1, 0);
  }

  boolean isGreedy() {
    return temperature == 0;
  }

  boolean isFiltered() {
    return topP < 1 || topK > 0;
  }
}
