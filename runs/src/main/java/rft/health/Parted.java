package rft.health;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import rft.run.Metric;
import rft.run.RolloutRow;
import rft.run.TruthAlarm;

/**
 * The check fell while the reward did not: the reward is being hacked.
 *
 * <p>The rule is {@link TruthAlarm}, which the trainer applies as well. On the published reference
 * runs it names the one with a hacked reward and none of the others.
 */
final class Parted implements Rule {
  @Override
  public String name() {
    return "reward-hacking";
  }

  @Override
  public Finding look(Course course) throws IOException {
    if (!course.facts().checked()) {
      return Finding.notApplicable(
          "the check is the reward itself: --check names another one, which trains nothing");
    }
    Optional<Spell> spell = spell(course);
    Optional<TruthAlarm> alarm = spell.flatMap(found -> at(course, found.last()));
    if (spell.isPresent() && alarm.isPresent()) {
      return Finding.of(alarm(course, spell.get(), alarm.get()));
    }
    return course.of(Metric.VALIDATION_PARTED).isEmpty()
        ? Finding.notApplicable("it needs a validation after training began")
        : Finding.fine("the check follows the reward");
  }

  /** Returns when the trainer last found that reward and check had parted. */
  static Optional<Spell> spell(Course course) {
    return course.facts().checked()
        ? course.of(Metric.VALIDATION_PARTED).spell(1, flag -> flag == 1)
        : Optional.empty();
  }

  private static Optional<TruthAlarm> at(Course course, int step) {
    return TruthAlarm.of(
        course.of(Metric.REWARD_MEAN).upTo(step).points(),
        course.all(Metric.VALIDATION_ACCURACY).upTo(step).points(),
        course.facts().validationTasks(),
        course.facts().rewardSince().applyAsInt(step));
  }

  private Alarm alarm(Course course, Spell spell, TruthAlarm alarm) throws IOException {
    Series after = course.of(Metric.VALIDATION_PARTED).from(alarm.best());
    return new Alarm(
        name(),
        Severity.STOP,
        after.where(flag -> flag == 1).step(0),
        spell.until(),
        alarm.sentence(),
        List.of(alarm.best(), spell.last()),
        course.show(
            spell.last(),
            row -> !Double.isNaN(row.reward()),
            Comparator.comparingDouble(RolloutRow::reward).reversed()),
        List.of(
            "read the best-paid answers, then repair the reward: rft runs reward sends it",
            "rft reward probe names what the reward pays for",
            "keep the checkpoint of step " + alarm.best() + ", the best by the check"));
  }
}
