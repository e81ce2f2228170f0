package rft.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rft.advantage.RewardSpread;
import rft.run.RolloutRow;

/**
 * One group of a step in one line.
 *
 * @param position place of the task in the step
 * @param task the task's id
 * @param prompt how the prompt begins; empty where it cannot be read
 * @param reference how the reference answer begins; null where there is none
 * @param mean of the rewards; null where there are none
 * @param spread standard deviation of the rewards; null for fewer than two
 * @param mix {@code bad}: equal rewards below 0.5, {@code good}: equal ones from 0.5, {@code
 *     mixed}, or {@code none}
 * @param count rollouts
 * @param shortest tokens of the shortest
 * @param meanLength tokens of a rollout, as a mean
 * @param longest tokens of the longest
 * @param truncated rollouts that were cut off at the token limit
 * @param failures rollouts whose reward failed or abstained
 * @param rewards there are, best first
 */
record GroupLine(
    int position,
    String task,
    String prompt,
    @Nullable String reference,
    @Nullable Double mean,
    @Nullable Double spread,
    String mix,
    int count,
    int shortest,
    double meanLength,
    int longest,
    int truncated,
    int failures,
    List<Double> rewards) {
  private static final double GOOD = 0.5;
  private static final int LINE = 200;

  /**
   * Returns the line of a group.
   *
   * @param rewards of the rollouts in their order, NaN where there is none
   */
  static GroupLine of(
      List<RolloutRow> group, String prompt, @Nullable String reference, double... rewards) {
    double[] known = Arrays.stream(rewards).filter(reward -> !Double.isNaN(reward)).toArray();
    List<Double> sorted = new ArrayList<>(Arrays.stream(known).boxed().toList());
    sorted.sort(Comparator.reverseOrder());
    var lengths = group.stream().mapToInt(RolloutRow::length).summaryStatistics();
    RolloutRow first = group.get(0);
    return new GroupLine(
        first.position(),
        first.taskId(),
        start(prompt),
        reference == null ? null : start(reference),
        known.length == 0 ? null : Arrays.stream(known).average().orElseThrow(),
        known.length < 2 ? null : RewardSpread.of(known).std(),
        mix(known),
        group.size(),
        lengths.getMin(),
        lengths.getAverage(),
        lengths.getMax(),
        (int) group.stream().filter(row -> row.finishReason().equals("length")).count(),
        (int) group.stream().filter(row -> !row.outcome().equals("score")).count(),
        sorted);
  }

  /** Returns what a group of such rewards teaches; equal as the step's metrics have it. */
  static String mix(double... known) {
    if (known.length == 0) {
      return "none";
    }
    if (known.length > 1 && !RewardSpread.of(known).isZero()) {
      return "mixed";
    }
    return known[0] < GOOD ? "bad" : "good";
  }

  private static String start(String text) {
    return text.length() <= LINE ? text : text.substring(0, LINE);
  }
}
