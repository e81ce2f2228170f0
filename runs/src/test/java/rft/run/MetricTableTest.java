package rft.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricTableTest {
  private static final List<Point> POINTS = points();

  @TempDir Path root;

  /** Steps with gaps; among their values some that are not finite, once a whole span. */
  private static List<Point> points() {
    List<Point> points = new ArrayList<>();
    for (int step = 3; step <= 60; step += step % 5 == 0 ? 4 : 1) {
      double value = step % 7 == 0 ? Double.NaN : Math.sin(step) * step;
      points.add(new Point(step, step >= 40 && step < 48 ? Double.NEGATIVE_INFINITY : value));
    }
    return points;
  }

  private RunFolder written() throws IOException {
    RunFolder folder = new RunHome(root).create("addition");
    try (RunWriter writer = RunWriter.create(folder, SampleRun.header(folder))) {
      for (Point point : POINTS) {
        writer.writeStep(point.step(), Map.of("a", point.value(), "b", 1.0), List.of());
      }
    }
    return folder;
  }

  private static List<SeriesBucket> byHand(int from, int to, int width) {
    List<SeriesBucket> buckets = new ArrayList<>();
    for (Point point : POINTS) {
      if (point.step() < from || point.step() > to) {
        continue;
      }
      SeriesBucket next = SeriesBucket.of(point);
      int last = buckets.size() - 1;
      if (last >= 0 && buckets.get(last).step() / width == point.step() / width) {
        buckets.set(last, buckets.get(last).and(next));
      } else {
        buckets.add(next);
      }
    }
    return buckets;
  }

  @Test
  void spansOfStepsSayWhatTheirValuesSayOneByOne() throws IOException {
    try (RunReader run = RunReader.open(written())) {
      for (int width : List.of(1, 2, 3, 8, 100)) {
        for (int from : List.of(0, 3, 17, 41)) {
          for (int to : List.of(2, 18, 47, 1_000)) {
            assertEquals(
                byHand(from, to, width),
                run.thinned("a", from, to, width),
                from + " to " + to + " by " + width);
          }
        }
      }
      assertEquals(List.of(), run.thinned("none", 0, 100, 4));
    }
  }

  @Test
  void stepsUpToTheLargestCanBeAskedFor() throws IOException {
    try (RunReader run = RunReader.open(written())) {
      assertEquals(1, run.thinned("b", 0, Integer.MAX_VALUE, Integer.MAX_VALUE).size());
    }
  }
}
