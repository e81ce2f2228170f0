package rft.lab;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What share of groups would be all bad, mixed or all good in a training with groups of some size.
 *
 * <p>All bad and all good are groups whose rewards are equal, below full marks or at them: such a
 * group teaches nothing. For a reward of two values the chance is (1-p)^G or p^G of each task, for
 * more values it is the sum over them. It is estimated for each task and then averaged, as the mean
 * over tasks of p is worth nothing here. Groups of up to as many as were drawn: the unbiased
 * estimate, without any assumption, whose mean over tasks has Wilson's interval. Larger ones:
 * {@link BetaGrid} for the most frequent value on either side.
 */
final class GroupForecast {
  private final List<ValueCounts> groups;
  private final int drawn;

  /**
   * @param groups those with at least two rewards count
   */
  GroupForecast(List<ValueCounts> groups) {
    this.groups = groups.stream().filter(ValueCounts::usable).toList();
    this.drawn = this.groups.stream().mapToInt(ValueCounts::drawn).min().orElse(0);
  }

  /** Returns true if groups of this size are larger than those there are. */
  boolean reachesBeyond(int groupSize) {
    return groupSize > drawn;
  }

  /**
   * The forecast for one size of groups.
   *
   * @param allBad share of groups with equal rewards below full marks
   * @param mixed share of groups with unequal rewards
   * @param allGood share of groups with equal rewards at full marks
   */
  record Mix(Estimate allBad, Estimate mixed, Estimate allGood) {}

  Mix of(int groupSize) {
    if (groupSize < 2) {
      throw new IllegalArgumentException(
          "group size (" + groupSize + ") must be at least 2: a group of one has no advantage");
    }
    return reachesBeyond(groupSize) && !groups.isEmpty() ? beyond(groupSize) : within(groupSize);
  }

  private Mix within(int groupSize) {
    ToDoubleFunction<ValueCounts> bad =
        group -> group.bad().allEqual(group.effective(groupSize), group.scored());
    ToDoubleFunction<ValueCounts> good =
        group -> group.good().allEqual(group.effective(groupSize), group.scored());
    return new Mix(
        mean(bad),
        mean(group -> Math.max(0, 1 - bad.applyAsDouble(group) - good.applyAsDouble(group))),
        mean(good));
  }

  private Estimate mean(ToDoubleFunction<ValueCounts> chance) {
    double mean = groups.stream().mapToDouble(chance).average().orElse(0.5);
    return Estimate.of(Math.min(1, mean), groups.size());
  }

  private Mix beyond(int groupSize) {
    double scored = groups.stream().mapToInt(ValueCounts::scored).sum();
    double all = groups.stream().mapToInt(ValueCounts::drawn).sum();
    int size = Math.max(2, (int) Math.round(groupSize * scored / all));
    Estimate bad = beyond(size, ValueCounts::bad);
    Estimate good = beyond(size, ValueCounts::good);
    Estimate mixed =
        new Estimate(
            Math.max(0, 1 - bad.mean() - good.mean()),
            Math.max(0, 1 - bad.high() - good.high()),
            Math.max(0, 1 - bad.low() - good.low()));
    return new Mix(bad, mixed, good);
  }

  private Estimate beyond(int size, Function<ValueCounts, ValueCounts.Counts> side) {
    BetaGrid grid =
        new BetaGrid(
            groups.stream()
                .map(group -> new BetaGrid.Trial(side.apply(group).most(), group.scored()))
                .toList());
    Estimate byModel = grid.throughout(size);
    // The model cannot know of tasks unlike all that were seen: as many as Wilson leaves room for.
    Estimate byTasks = Estimate.of(byModel.mean(), groups.size());
    return new Estimate(
        byModel.mean(),
        Math.min(byModel.low(), byTasks.low()),
        Math.max(byModel.high(), byTasks.high()));
  }
}
