package rft.health;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule that found trouble.
 *
 * @param rule name of the rule, for example {@code entropy-explosion}
 * @param severity how bad it is
 * @param since first step of the trouble
 * @param until last step of trouble that is over; null while it lasts
 * @param sentence what is wrong, in numbers, beside those of the run's own first steps; without a
 *     full stop
 * @param steps the steps to look at, ascending
 * @param rollouts the rollouts to look at, the most telling first; none where none were kept
 * @param tryNext what to change, the likeliest cure first; a rule writes {@code RUN} for the run's
 *     id
 */
public record Alarm(
    String rule,
    Severity severity,
    int since,
    @Nullable Integer until,
    String sentence,
    List<Integer> steps,
    List<Place> rollouts,
    List<String> tryNext) {
  public Alarm {
    steps = List.copyOf(steps);
    rollouts = List.copyOf(rollouts);
    tryNext = List.copyOf(tryNext);
    if (tryNext.isEmpty()) {
      throw new IllegalArgumentException("rule " + rule + " must say what to try");
    }
  }

  /** Returns this alarm with the id of its run in what it says to try. */
  Alarm of(String run) {
    List<String> named = tryNext.stream().map(cure -> cure.replaceAll("\\bRUN\\b", run)).toList();
    return new Alarm(rule, severity, since, until, sentence, steps, rollouts, named);
  }

  /** Returns true while the trouble lasts. */
  public boolean lasts() {
    return until == null;
  }
}
