package rft.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the series of a run say of its reward beside the mean: its parts, its failures by kind, and
 * where it was replaced.
 */
public final class RewardSeries {
  private final Map<String, List<Point>> series;

  /**
   * @param series points by ascending step, by key
   */
  public RewardSeries(Map<String, List<Point>> series) {
    this.series = new TreeMap<>(series);
  }

  /** Returns the mean of each part of the reward, by the part's name. */
  public Map<String, List<Point>> parts() {
    Map<String, List<Point>> parts = new LinkedHashMap<>();
    series.forEach((key, points) -> Metric.partOf(key).ifPresent(part -> parts.put(part, points)));
    return parts;
  }

  /**
   * Returns how many rewards failed in each step, by the kind of failure; none if none ever did.
   */
  public Map<String, List<Point>> failures() {
    Map<String, List<Point>> failures = new LinkedHashMap<>();
    List<Point> steps = series.getOrDefault(Metric.REWARD_FAILED.key(), List.of());
    series.forEach(
        (key, points) ->
            Metric.failureOf(key).ifPresent(kind -> failures.put(kind, everyStep(steps, points))));
    return failures;
  }

  /** Adds a 0 for each step that a kind did not occur in, and so was not recorded. */
  private static List<Point> everyStep(List<Point> steps, List<Point> points) {
    Map<Integer, Point> known = new TreeMap<>();
    steps.forEach(step -> known.put(step.step(), new Point(step.step(), 0)));
    points.forEach(point -> known.put(point.step(), point));
    return List.copyOf(known.values());
  }

  /** Returns the steps that were the first with a new version of the reward. */
  public List<Integer> seams() {
    List<Integer> seams = new ArrayList<>();
    double version = 1;
    for (Point point : series.getOrDefault(Metric.REWARD_VERSION.key(), List.of())) {
      if (point.value() != version) {
        seams.add(point.step());
        version = point.value();
      }
    }
    return seams;
  }
}
