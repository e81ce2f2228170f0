package rft.display;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import rft.run.Metric;
import rft.run.Point;
import rft.run.RunReader;

/**
 * The numbers of one run, as far as it has come.
 *
 * @param run the run's id
 * @param steps steps it has in all
 * @param series points by ascending step, by the keys of {@link Metric}
 */
record Course(String run, int steps, Map<String, List<Point>> series) {
  Course {
    series = new TreeMap<>(series);
  }

  static Course read(RunReader reader) throws IOException {
    Map<String, List<Point>> series = new TreeMap<>();
    for (String key : reader.series()) {
      series.put(key, reader.metric(key));
    }
    return new Course(reader.folder().id(), reader.header().options().loop().steps(), series);
  }

  /** Returns the points of a metric; none if the run has not measured it. */
  List<Point> points(Metric metric) {
    return series.getOrDefault(metric.key(), List.of());
  }

  OptionalDouble last(Metric metric) {
    List<Point> points = points(metric);
    return points.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(points.get(points.size() - 1).value());
  }

  /** Returns the last step there is a number of; 0 before the first. */
  int lastStep() {
    return series.values().stream()
        .filter(points -> !points.isEmpty())
        .mapToInt(points -> points.get(points.size() - 1).step())
        .max()
        .orElse(0);
  }
}
