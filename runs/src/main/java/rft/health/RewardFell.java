package rft.health;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import rft.run.Metric;
import rft.run.NumberText;
import rft.run.RolloutRow;

/**
 * The reward was there and is gone.
 *
 * <p>The rule: the mean of as many steps as count as the first ones lies less than half as high
 * above the floor as its best before, and the fall is more than three standard errors. The floor is
 * 0, or the tenth percentile of the first steps' rewards where that is negative; the noise is the
 * run's own, from step to step. Of the published reference runs it names the two that lost their
 * reward, and not the one that kept a hacked one.
 */
final class RewardFell implements Rule {
  private static final double HALF = 0.5;
  private static final double STANDARD_ERRORS = 3;

  @Override
  public String name() {
    return "reward-fell";
  }

  @Override
  public Finding look(Course course) throws IOException {
    int width = course.firstSteps();
    Series reward = course.reward().finite();
    Series means = reward.means(width);
    if (means.size() < 2) {
      return Finding.notApplicable("it needs " + (width + 1) + " steps with rewards");
    }
    double p10 = course.atFirst(Metric.REWARD_P10);
    double floor = Double.isNaN(p10) ? 0 : Math.min(0, p10);
    double error = reward.noise() * Math.sqrt(2.0 / width);
    Series best = means.bestSoFar();
    Optional<Spell> spell =
        means.spellOfSteps(
            1,
            step ->
                means.at(step) - floor < HALF * (best.at(step) - floor)
                    && best.at(step) - means.at(step) > STANDARD_ERRORS * error);
    if (spell.isEmpty()) {
      return Finding.fine(
          "the reward is "
              + NumberText.of(means.last())
              + ", at its best it was "
              + NumberText.of(best.last()));
    }
    return Finding.of(alarm(course, spell.get(), means, best));
  }

  private Alarm alarm(Course course, Spell spell, Series means, Series best) throws IOException {
    int top = means.firstStepOf(best.at(spell.since()));
    double lr = course.options().optimizer().learningRate();
    return new Alarm(
        name(),
        Severity.STOP,
        spell.since(),
        spell.until(),
        "the mean reward of "
            + course.firstSteps()
            + " steps fell to "
            + NumberText.of(means.at(spell.last()))
            + " at step "
            + spell.last()
            + "; it was "
            + NumberText.of(means.value(0))
            + " in the first steps and "
            + NumberText.of(best.at(spell.since()))
            + " at its best, up to step "
            + top,
        List.of(top, spell.last()),
        course.show(spell.last(), row -> true, Comparator.comparingDouble(RolloutRow::reward)),
        List.of(
            course.forkBefore(top + 1, "--lr " + NumberText.of(lr / 3)),
            "--kl 0.02 holds the policy near its base",
            "a smaller --max-grad-norm, or --warmup-steps 10"));
  }
}
