package rft.reward;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What a run does with rollouts whose reward failed.
 *
 * @param action what happens to such a rollout
 * @param stopShare the run stops when more than this share of a step's rollouts failed, in [0, 1]
 */
public record FailurePolicy(Action action, double stopShare) {
  /** What happens to a rollout whose reward failed. */
  public enum Action {
    /** It leaves the statistics of its group, as if the reward had abstained, and is counted. */
    ABSTAIN,
    /** It scores 0: for rewards where a failure is the completion's own fault. */
    ZERO,
    /** Its whole group gives no gradient. */
    DROP_GROUP,
    /** The run stops at the first failure. */
    STOP;

    /** Returns the name used in files and options, for example {@code drop-group}. */
    @JsonValue
    public String jsonName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public FailurePolicy {
    if (!(stopShare >= 0 && stopShare <= 1)) {
      throw new IllegalArgumentException(
          "stop share (" + stopShare + ") must be between 0 and 1, for example 0.2");
    }
  }

  /**
   * Returns the default: failed rollouts abstain, the run stops when more than 20 % of a step fail.
   */
  public static FailurePolicy standard() {
    return new FailurePolicy(Action.ABSTAIN, 0.20);
  }

  /** Returns the reward that enters the statistics, or empty when the rollout leaves them. */
  public OptionalDouble rewardOf(Verdict verdict) {
    if (verdict instanceof Failure && action == Action.ZERO) {
      return OptionalDouble.of(0);
    }
    return verdict.reward();
  }

  /** Returns true if a group with these verdicts gives no gradient at all. */
  public boolean dropsGroup(List<Verdict> verdicts) {
    return action == Action.DROP_GROUP && verdicts.stream().anyMatch(Failure.class::isInstance);
  }

  /**
   * Returns true if the run must stop after a step.
   *
   * @param failures rollouts of the step whose reward failed
   * @param rollouts all rollouts of the step
   */
  public boolean stopsRun(int failures, int rollouts) {
    // The slack keeps a rounded product, such as 0.29 * 100, from counting as less than 29.
    double allowed = stopShare * rollouts * (1 + 1e-12);
    return failures > 0 && (action == Action.STOP || failures > allowed);
  }
}
