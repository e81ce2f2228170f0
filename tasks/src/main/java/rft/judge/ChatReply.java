package rft.judge;

/**
 * What a model answered.
 *
 * @param text the answer
 * @param finishReason {@code stop}, {@code length} ..
 * @param model the model that says it answered
 * @param usage what it cost
 */
public record ChatReply(String text, String finishReason, String model, Usage usage) {
  /**
   * Tokens of a request, and what they cost.
   *
   * @param promptTokens read
   * @param completionTokens written
   * @param cachedTokens of those read, taken from the endpoint's cache
   * @param costUsd by the prices that were given; 0 where there are none
   */
  public record Usage(int promptTokens, int completionTokens, int cachedTokens, double costUsd) {
    /** Nothing. */
    public static final Usage NONE = new Usage(0, 0, 0, 0);

    /** Returns both together. */
    public Usage plus(Usage other) {
      return new Usage(
          promptTokens + other.promptTokens,
          completionTokens + other.completionTokens,
          cachedTokens + other.cachedTokens,
          costUsd + other.costUsd);
    }
  }
}
