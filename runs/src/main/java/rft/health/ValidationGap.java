package rft.health;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import rft.run.Metric;
import rft.run.NumberText;
import rft.run.Point;
import rft.run.RolloutRow;

/**
 * Training reward runs ahead of validation.
 *
 * <p>The rule: the gap between the mean reward of the steps before a validation and the
 * validation's has grown since the first validation by more than two standard errors and by more
 * than 0.05, where it warns, or 0.10, where it says stop. Both bounds are those of Azure's guide to
 * reward hacking, for rewards from 0 to 1; others have no such scale, and the rule leaves them
 * alone. A reward that is not the check and runs ahead of it may be hacked, the same reward is
 * being learned by heart.
 *
 * @see <a href="https://github.com/microsoft/azure-skills">azure-skills, reward-hacking.md</a>
 */
final class ValidationGap implements Rule {
  private static final double WARN = 0.05;
  private static final double STOP = 0.10;
  private static final double STANDARD_ERRORS = 2;

  @Override
  public String name() {
    return "validation-gap";
  }

  @Override
  public Finding look(Course course) throws IOException {
    Series reward = course.of(Metric.REWARD_MEAN).finite();
    Series validation = course.all(Metric.VALIDATION_REWARD).finite();
    if (validation.size() < 2 || reward.isEmpty()) {
      return Finding.notApplicable("it needs two validations");
    }
    if (!isShare(course)) {
      return Finding.notApplicable("the reward is not between 0 and 1");
    }
    Series gaps = gaps(course, reward, validation);
    double error = error(validation, course.facts().validationTasks());
    double first = gaps.value(0);
    Optional<Spell> spell =
        gaps.spell(1, gap -> gap - first > WARN && gap - first > STANDARD_ERRORS * error);
    if (spell.isPresent()) {
      return Finding.of(alarm(course, spell.get(), gaps, reward, validation));
    }
    return Finding.fine(
        "training is ahead of validation by "
            + NumberText.of(gaps.last())
            + ", at first it was "
            + NumberText.of(first));
  }

  private static boolean isShare(Course course) {
    return course.of(Metric.REWARD_P10).finite().least() >= 0
        && course.of(Metric.REWARD_P90).finite().most() <= 1
        && course.all(Metric.VALIDATION_REWARD).finite().least() >= 0
        && course.all(Metric.VALIDATION_REWARD).finite().most() <= 1;
  }

  /** Returns by validation how far the steps before it, or the first ones, were ahead. */
  private static Series gaps(Course course, Series reward, Series validation) {
    int width = course.firstSteps();
    double first = reward.first(width).mean();
    Series means = reward.means(width);
    List<Point> gaps = new ArrayList<>();
    for (Point point : validation.points()) {
      double before = means.lastUpTo(point.step());
      gaps.add(new Point(point.step(), (Double.isNaN(before) ? first : before) - point.value()));
    }
    return Series.of(gaps);
  }

  /** Returns the standard error of the difference of two validations, at most that of a share. */
  private static double error(Series validation, int tasks) {
    double first = validation.value(0) * (1 - validation.value(0));
    double last = validation.last() * (1 - validation.last());
    return Math.sqrt((first + last) / Math.max(1, tasks));
  }

  private Alarm alarm(Course course, Spell spell, Series gaps, Series reward, Series validation)
      throws IOException {
    int step = spell.last();
    double grown = gaps.at(step) - gaps.value(0);
    int width = course.firstSteps();
    return new Alarm(
        name(),
        grown > STOP ? Severity.STOP : Severity.WARN,
        spell.since(),
        spell.until(),
        "training reward is ahead of validation by "
            + NumberText.of(gaps.at(step))
            + " at step "
            + step
            + ", at first by "
            + NumberText.of(gaps.value(0))
            + ": the reward went from "
            + NumberText.of(reward.first(width).mean())
            + " to "
            + NumberText.of(reward.upTo(step).last(width).mean())
            + ", validation from "
            + NumberText.of(validation.value(0))
            + " to "
            + NumberText.of(validation.at(step)),
        spell.ends(),
        course.show(
            step,
            row -> !Double.isNaN(row.reward()),
            Comparator.comparingDouble(RolloutRow::reward).reversed()),
        tryNext(course));
  }

  private static List<String> tryNext(Course course) {
    return course.facts().checked()
        ? List.of(
            "read the best-paid answers: rft inspect RUN --best",
            "rft reward probe names what the reward pays for",
            "repair the reward and send it: rft runs reward")
        : List.of(
            "more training tasks",
            "fewer steps: keep the best checkpoint by validation",
            "--kl 0.02 holds the policy near its base");
  }
}
