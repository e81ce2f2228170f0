package rft.judge;

/**
 * What an endpoint asks for tokens, in US dollars for each million.
 *
 * @param prompt tokens read
 * @param cached tokens read that the endpoint had in its cache
 * @param completion tokens written
 */
public record Prices(double prompt, double cached, double completion) {
  /** Nothing costs anything, as with a model of one's own. */
  public static final Prices NONE = new Prices(0, 0, 0);

  public Prices {
    for (double price : new double[] {prompt, cached, completion}) {
      if (!(price >= 0) || price > 1e6) {
        throw new IllegalArgumentException(
            "a price (" + price + ") must be US dollars for a million tokens, at least 0");
      }
    }
  }

  /** Returns prices without a discount for cached tokens. */
  public static Prices of(double prompt, double completion) {
    return new Prices(prompt, prompt, completion);
  }

  /**
   * Returns the tokens with what they cost.
   *
   * @param promptTokens read, those from the cache among them
   */
  ChatReply.Usage usage(int promptTokens, int completionTokens, int cachedTokens) {
    double cost =
        (promptTokens - cachedTokens) * prompt
            + cachedTokens * cached
            + completionTokens * completion;
    return new ChatReply.Usage(promptTokens, completionTokens, cachedTokens, cost / 1e6);
  }
}
