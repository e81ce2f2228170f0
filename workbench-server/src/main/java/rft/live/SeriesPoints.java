package rft.live;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rft.run.SeriesBucket;

/**
 * One metric as the points of a chart.
 *
 * @param x steps that have a value, ascending; of steps that share a point the last
 * @param y the value of each; null where it is not finite
 * @param min smallest value of the steps that share the point; null as a whole where every point is
 *     one step
 * @param max largest value of the steps that share the point; null like {@code min}
 * @param marks steps whose value is NaN or infinite, one for each point at most
 */
record SeriesPoints(
    List<Integer> x,
    List<@Nullable Double> y,
    @Nullable List<@Nullable Double> min,
    @Nullable List<@Nullable Double> max,
    List<Integer> marks) {
  SeriesPoints {
    x = List.copyOf(x);
    y = Collections.unmodifiableList(y);
    marks = List.copyOf(marks);
  }

  static SeriesPoints of(List<SeriesBucket> buckets) {
    List<Integer> x = new ArrayList<>(buckets.size());
    List<@Nullable Double> y = new ArrayList<>(buckets.size());
    List<@Nullable Double> min = new ArrayList<>(buckets.size());
    List<@Nullable Double> max = new ArrayList<>(buckets.size());
    List<Integer> marks = new ArrayList<>();
    boolean thinned = false;
    for (SeriesBucket bucket : buckets) {
      x.add(bucket.step());
      y.add(RunGlance.finite(bucket.last()));
      min.add(RunGlance.finite(bucket.min()));
      max.add(RunGlance.finite(bucket.max()));
      thinned |= bucket.min() < bucket.max();
      if (bucket.odd() >= 0) {
        marks.add(bucket.odd());
      }
    }
    return new SeriesPoints(x, y, thinned ? min : null, thinned ? max : null, marks);
  }
}
