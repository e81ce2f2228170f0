package rft.health;

import java.util.List;
import rft.run.Metric;
import rft.run.NumberText;

/**
 * The reward never rose, although there are groups to learn from.
 *
 * <p>The rule: at half of the run, and not before step 20, no mean of as many steps as count as the
 * first ones lies more than two standard errors above that of the first ones. A run without a
 * signal is named by {@link NoSignal}, and one that began with solved tasks has nowhere to rise.
 */
final class Plateau implements Rule {
  private static final int EARLIEST = 20;
  private static final double STANDARD_ERRORS = 2;
  private static final double SOLVED = 0.5;

  @Override
  public String name() {
    return "plateau";
  }

  @Override
  public Finding look(Course course) {
    Series reward = course.reward().finite();
    int width = course.firstSteps();
    int enough = Math.max(EARLIEST, course.options().loop().steps() / 2);
    if (reward.size() < enough) {
      return Finding.notApplicable("it looks from the " + enough + "th step with rewards on");
    }
    Series means = reward.means(width);
    double first = means.value(0);
    double best = means.bestSoFar().last();
    double error = reward.noise() * Math.sqrt(2.0 / width);
    boolean silent = course.of(Metric.GROUP_MIXED).last(width).mean() < NoSignal.MIXED;
    boolean solved = course.of(Metric.GROUP_ALL_GOOD).first(width).mean() >= SOLVED;
    String numbers =
        "the reward was "
            + NumberText.of(first)
            + " in the first "
            + width
            + " steps, at best "
            + NumberText.of(best)
            + " since, and is "
            + NumberText.of(means.last());
    if (best - first > STANDARD_ERRORS * error || silent || solved) {
      return Finding.fine(numbers);
    }
    return Finding.of(
        new Alarm(
            name(),
            Severity.WARN,
            Math.max(1, reward.step(0)),
            null,
            "no progress after " + reward.lastStep() + " steps: " + numbers,
            List.of(reward.step(0), reward.lastStep()),
            List.of(),
            tryNext(course)));
  }

  private static List<String> tryNext(Course course) {
    int group = course.options().loop().groupSize();
    double lr = course.options().optimizer().learningRate();
    return List.of(
        "--lr " + NumberText.of(3 * lr),
        "--group-size " + 2 * group + " or more --tasks-per-step: less noise in each step",
        "rft reward card says whether the reward agrees with itself");
  }
}
