package rft.playground;

import org.jspecify.annotations.Nullable;

/** What a deployment was asked since the workbench started. */
final class Traffic {
  private long requests;
  private long failures;
  private long tokens;
  private double seconds;

  /**
   * The sums.
   *
   * @param requests answered or refused
   * @param failures of them that were not answered with success
   * @param tokens of answers
   * @param tokensPerSecond over the time in which answers were made, each request for itself; null
   *     before the first
   */
  record Sums(long requests, long failures, long tokens, @Nullable Double tokensPerSecond) {}

  synchronized void add(boolean answered, long answerTokens, double answerSeconds) {
    requests++;
    failures += answered ? 0 : 1;
    tokens += answerTokens;
    seconds += answerTokens > 0 ? answerSeconds : 0;
  }

  synchronized Sums sums() {
    return new Sums(
        requests, failures, tokens, tokens == 0 || seconds == 0 ? null : tokens / seconds);
  }
}
