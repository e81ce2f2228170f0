package rft.health;

import java.util.List;
import java.util.Optional;
import rft.run.Metric;
import rft.run.NumberText;

/**
 * The reward takes longer than everything else.
 *
 * <p>The rule: over five steps it takes more than half of the time. In this project's healthy runs
 * it took at most 16 % of a single step.
 */
final class SlowReward implements Rule {
  private static final double SHARE = 0.5;

  @Override
  public String name() {
    return "slow-reward";
  }

  @Override
  public Finding look(Course course) {
    Series reward = course.of(Metric.TIME_REWARD_SECONDS);
    Series step = course.of(Metric.TIME_STEP_SECONDS);
    if (reward.size() < Course.IN_A_ROW) {
      return Finding.notApplicable("it needs " + Course.IN_A_ROW + " steps");
    }
    Series taken = reward.means(Course.IN_A_ROW);
    Series all = step.means(Course.IN_A_ROW);
    Optional<Spell> spell = taken.spellOfSteps(1, at -> taken.at(at) > SHARE * all.at(at));
    double now = reward.last(Course.IN_A_ROW).median();
    String numbers =
        NumberText.of(now)
            + " s of a step of "
            + NumberText.of(step.last(Course.IN_A_ROW).median())
            + " s, in the first steps "
            + NumberText.of(course.atFirst(Metric.TIME_REWARD_SECONDS))
            + " s";
    if (spell.isEmpty()) {
      return Finding.fine("the reward takes " + numbers);
    }
    Spell found = spell.get();
    return Finding.of(
        new Alarm(
            name(),
            Severity.WARN,
            found.since(),
            found.until(),
            "the trainer waits for the reward: it takes " + numbers,
            found.ends(),
            List.of(),
            List.of(
                "a reward that remembers nothing is called on all cores: make its fields final",
                "judges and services answer several at once: raise their concurrency",
                "a cheap part first, with @Gate, so that the slow one is asked less often")));
  }
}
