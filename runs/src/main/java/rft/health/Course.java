package rft.health;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import rft.run.Metric;
import rft.run.RolloutRow;
import rft.run.RunStatus;
import rft.run.TrainOptions;

/**
 * What rules look at: a run so far.
 *
 * @param facts what it is and where it stands
 * @param series its metrics
 * @param rollouts where its rollouts are looked up
 */
record Course(Facts facts, Map<Metric, Series> series, RolloutIndex rollouts) {
  /**
   * A rule waits for so many steps in a row: one step of a few dozen rollouts is mostly noise. Five
   * is what the alarms of the published reference runs were found with.
   */
  static final int IN_A_ROW = 5;

  /** Fewest and most steps that count as the first ones of a run. */
  private static final int FEWEST_FIRST = 5;

  private static final int MOST_FIRST = 20;
  private static final int ROLLOUTS_SHOWN = 3;

  /**
   * What a run is and where it stands.
   *
   * @param options its options
   * @param checked whether validation has a check of its own, other than the reward
   * @param validationTasks tasks of one validation
   * @param status where it stands
   * @param lastWord the detail of the event that gave it this status; empty without one
   * @param rewardSince the first step judged by the same reward as a step
   * @param silence how long ago the trainer last showed that it works; zero for one that ended
   * @param checkpoints steps to fork from, ascending
   */
  record Facts(
      TrainOptions options,
      boolean checked,
      int validationTasks,
      RunStatus status,
      String lastWord,
      IntUnaryOperator rewardSince,
      Duration silence,
      List<Integer> checkpoints) {}

  TrainOptions options() {
    return facts.options();
  }

  /** Returns a metric from step 1 on: step 0 is a validation before training. */
  Series of(Metric metric) {
    return series.getOrDefault(metric, Series.EMPTY).from(1);
  }

  /** Returns a metric with step 0, as validation has it. */
  Series all(Metric metric) {
    return series.getOrDefault(metric, Series.EMPTY);
  }

  /** Returns the mean reward of the steps that the present reward judged. */
  Series reward() {
    return of(Metric.REWARD_MEAN).from(facts.rewardSince().applyAsInt(lastStep()));
  }

  /** Returns the last step written; 0 before the first. */
  int lastStep() {
    return series.values().stream()
        .filter(values -> !values.isEmpty())
        .mapToInt(Series::lastStep)
        .max()
        .orElse(0);
  }

  /**
   * Returns how many steps are the run's first ones, which later ones are compared with: a tenth of
   * its planned length, 5 to 20.
   */
  int firstSteps() {
    return Math.max(FEWEST_FIRST, Math.min(MOST_FIRST, options().loop().steps() / 10));
  }

  /** Returns the median of a metric in the run's first steps; NaN if it has none. */
  double atFirst(Metric metric) {
    return of(metric).first(firstSteps()).median();
  }

  /** Returns the rollouts of a step that fit, the most telling first, a few at most. */
  List<Place> show(int step, Predicate<RolloutRow> fits, Comparator<RolloutRow> order)
      throws IOException {
    return rollouts.at(step).stream()
        .filter(fits)
        .sorted(order)
        .limit(ROLLOUTS_SHOWN)
        .map(row -> new Place(row.step(), row.position(), row.index()))
        .toList();
  }

  /** Returns a fork from the last checkpoint before a step, with these options changed. */
  String forkBefore(int step, String changes) {
    return facts.checkpoints().stream()
        .filter(checkpoint -> checkpoint < step)
        .reduce((first, second) -> second)
        .map(checkpoint -> "fork from step " + checkpoint + ", before it began, with " + changes)
        .orElse("begin again with " + changes);
  }
}
