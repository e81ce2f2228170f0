package rft.reward;

import java.util.function.Function;

/**
 * The reward could not be computed; what happens to the rollout is the run's explicit failure
 * policy.
 *
 * @param kind what went wrong, from a closed list
 * @param detail one sentence: what, where, and with which value
 */
public record Failure(Kind kind, String detail) implements Verdict {
  /** What can go wrong with a reward. */
  public enum Kind {
    /** The reward threw. */
    EXCEPTION,
    /** The reward did not answer in time. */
    TIMEOUT,
    /** The reward returned NaN. */
    NOT_A_NUMBER,
    /** The reward returned an infinite value or one beyond {@link Score#LIMIT}. */
    OUT_OF_RANGE,
    /** A group reward did not return exactly one verdict per completion. */
    WRONG_COUNT,
    /** The process that computes the reward died or answered nonsense. */
    WORKER_DIED
  }

  @Override
  public <T> T fold(
      Function<Score, T> score, Function<Abstain, T> abstain, Function<Failure, T> failure) {
    return failure.apply(this);
  }
}
