package rft.run;

/**
 * How completions are sampled.
 *
 * @param maxNewTokens a completion of that many tokens is cut off
 * @param temperature divides the logits; 0 always takes the likeliest token
 * @param topP keeps the likeliest tokens that together reach this probability; 1 keeps all
 * @param topK keeps that many of the likeliest tokens; 0 keeps all
 */
public record SamplingOptions(int maxNewTokens, double temperature, double topP, int topK) {
  /** Above 0 the least temperature: logits by a smaller one may leave the range of a float. */
  public static final double LEAST_TEMPERATURE = 1e-5;

  public SamplingOptions {
    Bounds.atLeast("maxNewTokens", maxNewTokens, 1, "a completion needs room for a token");
    Bounds.within(
        "temperature", temperature, 0, 100, "1 samples from the policy as it is, 0 is greedy");
    if (temperature > 0 && temperature < LEAST_TEMPERATURE) {
      throw new IllegalArgumentException(
          "temperature ("
              + temperature
              + ") must be 0, which is greedy, or at least "
              + LEAST_TEMPERATURE);
    }
    Bounds.positive("topP", topP, 1, "it is a share of probability, and 1 keeps every token");
    Bounds.atLeast("topK", topK, 0, "it is a number of tokens, and 0 keeps every token");
  }

  /** Returns at most 256 tokens, sampled from the policy as it is. */
  public static SamplingOptions standard() {
    return new SamplingOptions(256, 1, 1, 0);
  }

  /** Returns greedy decoding of the same length. */
  public SamplingOptions greedy() {
    return new SamplingOptions(maxNewTokens, 0, 1, 0);
  }

  /** Returns these options with another length. */
  public SamplingOptions withMaxNewTokens(int maxNewTokens) {
    return new SamplingOptions(maxNewTokens, temperature, topP, topK);
  }

  /** Returns these options at another temperature. */
  public SamplingOptions withTemperature(double temperature) {
    return new SamplingOptions(maxNewTokens, temperature, topP, topK);
  }
}
