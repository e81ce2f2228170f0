package rft.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rft.run.RunReader;
import rft.run.SeriesBucket;

/**
 * One metric of several runs as their mean and spread by step.
 *
 * @param x steps, ascending
 * @param mean mean over the runs that have a finite value there; null where none has
 * @param low mean less one sample standard deviation; null where fewer than two runs have a value
 * @param high mean and one sample standard deviation; null like {@code low}
 * @param n how many runs have a finite value there
 */
record SeedBand(
    List<Integer> x,
    List<@Nullable Double> mean,
    List<@Nullable Double> low,
    List<@Nullable Double> high,
    List<Integer> n) {
  SeedBand {
    x = List.copyOf(x);
    mean = Collections.unmodifiableList(mean);
    low = Collections.unmodifiableList(low);
    high = Collections.unmodifiableList(high);
    n = List.copyOf(n);
  }

  /**
   * Reads it.
   *
   * @param last last step
   * @param width steps that share a point, of which each run gives its last value
   */
  static SeedBand of(List<RunReader> runs, String key, int last, int width) throws IOException {
    Map<Integer, Integer> steps = new TreeMap<>();
    Map<Integer, List<Double>> values = new TreeMap<>();
    for (RunReader run : runs) {
      for (SeriesBucket bucket : run.thinned(key, 0, last, width)) {
        int place = bucket.step() / width;
        steps.merge(place, bucket.step(), Math::max);
        List<Double> here = values.computeIfAbsent(place, p -> new ArrayList<>());
        if (!Double.isNaN(bucket.last())) {
          here.add(bucket.last());
        }
      }
    }
    List<@Nullable Double> mean = new ArrayList<>();
    List<@Nullable Double> low = new ArrayList<>();
    List<@Nullable Double> high = new ArrayList<>();
    List<Integer> n = new ArrayList<>();
    for (List<Double> here : values.values()) {
      double middle = here.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
      double squares = here.stream().mapToDouble(v -> (v - middle) * (v - middle)).sum();
      double deviation = here.size() < 2 ? Double.NaN : Math.sqrt(squares / (here.size() - 1));
      mean.add(RunGlance.finite(middle));
      low.add(RunGlance.finite(middle - deviation));
      high.add(RunGlance.finite(middle + deviation));
      n.add(here.size());
    }
    return new SeedBand(List.copyOf(steps.values()), mean, low, high, n);
  }
}
