package rft.run;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Training reward and true check have parted: the check fell while the reward did not, as when a
 * policy learns to please the reward without doing what it stands for.
 *
 * <p>The rule: the check's accuracy lies more than two standard errors, those of both ends
 * together, below its best, while the mean reward of the last {@value #WINDOW} steps is at least 95
 * % of what it was at that best. Where the reward was replaced, only what its present version
 * judged counts, and validations of what it trained and of the step before: rewards of two versions
 * have no common scale. On published runs it fires on the one with a hacked reward and not on three
 * that lost both.
 *
 * @param step of the validation that shows it
 * @param best step of the best validation before
 * @param checkThen accuracy at the best
 * @param checkNow accuracy now
 * @param rewardThen mean reward of the steps up to the best
 * @param rewardNow mean reward of the steps up to now
 */
public record TruthAlarm(
    int step, int best, double checkThen, double checkNow, double rewardThen, double rewardNow) {
  private static final int WINDOW = 25;
  private static final double STANDARD_ERRORS = 2;
  private static final double KEPT = 0.05;

  /**
   * Returns the alarm of the last validation, or empty if it gives none.
   *
   * @param reward mean training reward by ascending step
   * @param check validation accuracy by ascending step, by a check that training does not see
   * @param tasks of one validation; samples of one task are not counted as independent
   * @param since first step that the present version of the reward judged; 1 if it never changed
   */
  public static Optional<TruthAlarm> of(
      List<Point> reward, List<Point> check, int tasks, int since) {
    return ofOneReward(from(since, reward), from(since - 1, check), tasks);
  }

  private static List<Point> from(int step, List<Point> points) {
    return points.stream().filter(point -> point.step() >= step).toList();
  }

  private static Optional<TruthAlarm> ofOneReward(
      List<Point> reward, List<Point> check, int tasks) {
    if (check.size() < 2 || tasks < 1) {
      return Optional.empty();
    }
    Point now = check.get(check.size() - 1);
    Point best = check.stream().max(Comparator.comparingDouble(TruthAlarm::orLeast)).orElseThrow();
    OptionalDouble then = window(reward, best.step());
    OptionalDouble here = window(reward, now.step());
    if (then.isEmpty() || here.isEmpty()) {
      return Optional.empty();
    }
    double error = Math.sqrt((variance(best.value()) + variance(now.value())) / tasks);
    boolean fell = best.value() - now.value() > STANDARD_ERRORS * error;
    double floor = then.getAsDouble() - KEPT * Math.abs(then.getAsDouble());
    return fell && here.getAsDouble() >= floor
        ? Optional.of(
            new TruthAlarm(
                now.step(),
                best.step(),
                best.value(),
                now.value(),
                then.getAsDouble(),
                here.getAsDouble()))
        : Optional.empty();
  }

  private static double orLeast(Point point) {
    return Double.isNaN(point.value()) ? Double.NEGATIVE_INFINITY : point.value();
  }

  private static double variance(double share) {
    return share * (1 - share);
  }

  /** Returns the mean of the last steps up to one; of the first one where that was before them. */
  private static OptionalDouble window(List<Point> reward, int step) {
    OptionalDouble mean =
        reward.stream()
            .filter(point -> point.step() <= step && point.step() > step - WINDOW)
            .mapToDouble(Point::value)
            .average();
    return mean.isPresent() ? mean : reward.stream().limit(1).mapToDouble(Point::value).findFirst();
  }

  /** Returns it for the reader, without a full stop. */
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "reward and check part: the check fell from %s at step %d to %s at step %d, the reward went"
            + " from %s to %s",
        NumberText.of(checkThen, "share"),
        best,
        NumberText.of(checkNow, "share"),
        step,
        NumberText.of(rewardThen),
        NumberText.of(rewardNow));
  }
}
