package rft.reward;

import java.util.function.Function;

/**
 * The reward could not be computed; what happens to the rollout is the run's explicit failure
 * policy.
 *
 * @param kind what went wrong, from a closed list
 * @param detail one sentence: what, where, and with which value
 * @param costUsd what was paid for nothing, in US dollars, as for a reply that cannot be read
 */
public record Failure(Kind kind, String detail, double costUsd) implements Verdict {
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
    /** An answer of a batch had no id, or one that was not asked about. */
    WRONG_ID,
    /** The process that computes the reward died. */
    WORKER_DIED,
    /** There is no sandbox to run the reward's code in. */
    NO_SANDBOX,
    /** A completion or a judge's answer is not of the form that the reward needs. */
    UNREADABLE,
    /** What the reward had to see was cut off. */
    TRUNCATED,
    /** A template names something that neither row nor completion has. */
    UNKNOWN_VARIABLE,
    /** A formula cannot be read, or has no value. */
    FORMULA,
    /** The model that judges refused. */
    REFUSED,
    /** The service that judges had too many requests at once. */
    THROTTLED,
    /** The service that judges could not be reached, or failed. */
    SERVICE
  }

  /** Makes a failure that cost nothing. */
  public Failure(Kind kind, String detail) {
    this(kind, detail, 0);
  }

  @Override
  public <T> T fold(
      Function<Score, T> score, Function<Abstain, T> abstain, Function<Failure, T> failure) {
    return failure.apply(this);
  }
}
