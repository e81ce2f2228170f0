package rft.loop;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How well a policy does on tasks it was not trained on.
 *
 * @param tasks one entry per task, in dataset order
 * @param unscored why a sample has no reward, one sentence for each that has none
 */
public record Evaluation(List<TaskResult> tasks, List<String> unscored) {
  /** A completion passes when its reward reaches full marks, up to rounding. */
  public static final double FULL_MARKS = 1 - 1e-9;

  /**
   * The samples of one task.
   *
   * @param taskId the task
   * @param rewards reward per sample; NaN where the reward abstained or failed, which counts as not
   *     passed
   * @param texts the completions, in the same order
   */
  public record TaskResult(String taskId, List<Double> rewards, List<String> texts) {
    public TaskResult {
      rewards = List.copyOf(rewards);
      texts = List.copyOf(texts);
    }

    /** Returns the number of samples that passed. */
    public int passed() {
      return (int) rewards.stream().filter(reward -> reward >= FULL_MARKS).count();
    }

    /** Returns the mean over the samples that have a reward; NaN if none has. */
    public double meanReward() {
      return rewards.stream()
          .filter(reward -> !reward.isNaN())
          .mapToDouble(Double::doubleValue)
          .average()
          .orElse(Double.NaN);
    }

    /** Returns the share of samples that passed. */
    public double accuracy() {
      return passed() / (double) rewards.size();
    }
  }

  /**
   * A mean with its 95 % interval over tasks: a bootstrap, and Wilson's where all tasks are alike.
   *
   * @param mean point estimate
   * @param low lower limit
   * @param high upper limit
   */
  public record Estimate(double mean, double low, double high) {}

  public Evaluation {
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("nothing to evaluate: the split has no tasks");
    }
    tasks = List.copyOf(tasks);
    unscored = List.copyOf(unscored);
  }

  /** Makes the evaluation of some tasks, whatever became of their rewards. */
  public Evaluation(List<TaskResult> tasks) {
    this(tasks, List.of());
  }

  /** Returns the mean share of samples that passed (pass@1) with its interval. */
  public Estimate accuracy() {
    return TaskInterval.ofShares(tasks.stream().mapToDouble(TaskResult::accuracy).toArray());
  }

  /**
   * Returns the chance that at least one of k samples passes, by the unbiased estimator, with its
   * interval.
   *
   * @param k at most the number of samples per task
   * @see <a href="https://arxiv.org/abs/2107.03374">Chen et al.</a>, equation 1
   */
  public Estimate passAt(int k) {
    double[] values = new double[tasks.size()];
    for (int i = 0; i < values.length; i++) {
      int n = tasks.get(i).rewards().size();
      if (k < 1 || k > n) {
        throw new IllegalArgumentException(
            "pass@" + k + " needs between 1 and " + n + " samples per task");
      }
      int wrong = n - tasks.get(i).passed();
      double none = 1;
      for (int j = 0; j < k; j++) {
        none *= Math.max(0, wrong - j) / (double) (n - j);
      }
      values[i] = 1 - none;
    }
    return TaskInterval.ofShares(values);
  }

  /** Returns the mean reward over all samples that have one; NaN if none has. */
  public double meanReward() {
    return tasks.stream()
        .flatMap(task -> task.rewards().stream())
        .filter(reward -> !reward.isNaN())
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * Returns the paired difference in accuracy of another evaluation of the same tasks minus this
   * one.
   *
   * @throws IllegalArgumentException if it is not of the same tasks in the same order
   */
  public Estimate differenceTo(Evaluation other) {
    if (!other.taskIds().equals(taskIds())) {
      throw new IllegalArgumentException("the evaluations cover different tasks");
    }
    double[] differences = new double[tasks.size()];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = other.tasks.get(i).accuracy() - tasks.get(i).accuracy();
    }
    return TaskInterval.ofDifferences(1, differences);
  }

  /**
   * Returns the paired difference in mean reward of another evaluation of the same tasks minus this
   * one, over the tasks that have a reward in both; empty if none has.
   *
   * @throws IllegalArgumentException if it is not of the same tasks in the same order
   */
  public Optional<Estimate> rewardDifferenceTo(Evaluation other) {
    if (!other.taskIds().equals(taskIds())) {
      throw new IllegalArgumentException("the evaluations cover different tasks");
    }
    double[] differences =
        IntStream.range(0, tasks.size())
            .mapToDouble(i -> other.tasks.get(i).meanReward() - tasks.get(i).meanReward())
            .filter(difference -> !Double.isNaN(difference))
            .toArray();
    return differences.length == 0
        ? Optional.empty()
        : Optional.of(TaskInterval.ofDifferences(rewardSpan(this, other), differences));
  }

  /**
   * Returns how far apart rewards were seen to lie; 1, as of 0 and full marks, if all are equal.
   */
  private static double rewardSpan(Evaluation... evaluations) {
    DoubleSummaryStatistics rewards =
        Arrays.stream(evaluations)
            .flatMap(evaluation -> evaluation.tasks.stream())
            .flatMap(task -> task.rewards().stream())
            .filter(reward -> !reward.isNaN())
            .mapToDouble(Double::doubleValue)
            .summaryStatistics();
    double span = rewards.getMax() - rewards.getMin();
    return span > 0 ? span : 1;
  }

  /** Returns how many samples have no reward, and why the first has none. */
  public String unscoredSentence() {
    int all = tasks.stream().mapToInt(task -> task.rewards().size()).sum();
    return unscoredSentence(unscored, all);
  }

  /**
   * Returns how many answers have no reward, and why the first has none.
   *
   * @param reasons one for each of them
   * @param all answers, with a reward or without
   */
  public static String unscoredSentence(List<String> reasons, int all) {
    return reasons.size()
        + " of "
        + all
        + " answers have no reward and count as wrong"
        + reasons.stream().findFirst().map(why -> "; the first: " + why).orElse("");
  }

  private List<String> taskIds() {
    return tasks.stream().map(TaskResult::taskId).toList();
  }
}
