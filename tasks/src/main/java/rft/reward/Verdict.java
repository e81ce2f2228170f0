package rft.reward;

import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What a reward says of one completion. A bad rollout or reward is data here, never an exception.
 */
public sealed interface Verdict permits Score, Abstain, Failure {

  /** Returns the result of the function that fits this verdict. */
  <T> T fold(Function<Score, T> score, Function<Abstain, T> abstain, Function<Failure, T> failure);

  /** Returns what obtaining it cost, in US dollars; 0 for local rules. */
  double costUsd();

  /** Returns the reward, or empty when this verdict is not a score. */
  default OptionalDouble reward() {
    return fold(
        score -> OptionalDouble.of(score.value()),
        a -> OptionalDouble.empty(),
        f -> OptionalDouble.empty());
  }
}
