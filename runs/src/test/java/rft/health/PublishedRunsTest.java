package rft.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import rft.run.Metric;
import rft.run.Point;
import rft.run.SamplingOptions;
import rft.run.TruthAlarm;

/**
 * The rules on published runs that collapsed: {@code rasbt/reasoning-from-scratch}, chapter 7, one
 * prompt with 8 rollouts a step, evaluated on 500 problems. Their published means of 25 steps stand
 * at each step they are the mean of; steps without a mean are left out. Of the last means of 7_5
 * only the range is known, whose middle stands here.
 */
class PublishedRunsTest {
  private static final int REWARD = 3;
  private static final Map<Metric, Integer> COLUMNS =
      Map.of(Metric.REWARD_MEAN, REWARD, Metric.COMPLETION_LENGTH_MEAN, 4, Metric.ENTROPY, 5);

  @Test
  void theRunWithoutClipAndPenaltyLosesItsRewardAndDissolves() throws IOException {
    assertEquals(
        Map.of("reward-fell", 251, "entropy-explosion", 226, "validation-fell", 300),
        alarms("7_3"));
  }

  @Test
  void theClippedRunStaysWhole() throws IOException {
    assertEquals(Map.of(), alarms("7_4"));
  }

  @Test
  void theRunThatItsPenaltyDestroysIsNamedWhileItHappens() throws IOException {
    assertEquals(Map.of("reward-fell", 64, "entropy-explosion", 51), alarms("7_5"));
  }

  @Test
  void theRunWithTheFormatRewardIsHackedAndNoOtherIs() throws IOException {
    Map<String, Integer> alarms = alarms("7_6");
    assertEquals(Set.of("reward-hacking", "entropy-explosion"), alarms.keySet());
    assertEquals(200, alarms.get("reward-hacking"));
    assertEquals(176, alarms.get("entropy-explosion"));
  }

  private static Map<String, Integer> alarms(String run) throws IOException {
    CourseSketch sketch =
        new CourseSketch(500)
            .checked()
            .options(
                options ->
                    options
                        .withLoop(options.loop().withGroups(1, 8))
                        .withSampling(SamplingOptions.standard().withMaxNewTokens(1024)));
    for (Map.Entry<Metric, Integer> column : COLUMNS.entrySet()) {
      sketch.with(column.getKey(), means(run, column.getValue()));
    }
    List<Point> validations = validations(run);
    sketch.with(Metric.VALIDATION_ACCURACY, validations);
    sketch.with(Metric.VALIDATION_PARTED, parted(means(run, REWARD), validations));
    Map<String, Integer> alarms = new TreeMap<>();
    for (Alarm alarm : HealthReport.of(run, sketch.course()).alarms()) {
      alarms.put(alarm.rule(), alarm.since());
    }
    return alarms;
  }

  /** Returns what the trainer would have written beside each validation with a known reward. */
  private static List<Point> parted(List<Point> reward, List<Point> validations) {
    Set<Integer> known = reward.stream().map(Point::step).collect(Collectors.toSet());
    List<Point> flags = new ArrayList<>();
    for (int i = 1; i < validations.size(); i++) {
      int step = validations.get(i).step();
      if (known.contains(step)) {
        List<Point> until = reward.stream().filter(point -> point.step() <= step).toList();
        boolean is = TruthAlarm.of(until, validations.subList(0, i + 1), 500, 1).isPresent();
        flags.add(new Point(step, is ? 1 : 0));
      }
    }
    return flags;
  }

  private static List<Point> means(String run, int column) throws IOException {
    List<Point> points = new ArrayList<>();
    for (String[] row : rows("published-runs.csv", run)) {
      for (int step = Integer.parseInt(row[1]); step <= Integer.parseInt(row[2]); step++) {
        points.add(new Point(step, Double.parseDouble(row[column])));
      }
    }
    return points;
  }

  private static List<Point> validations(String run) throws IOException {
    return rows("published-validations.csv", run).stream()
        .map(row -> new Point(Integer.parseInt(row[1]), Double.parseDouble(row[2]) / 100))
        .toList();
  }

  private static List<String[]> rows(String file, String run) throws IOException {
    try (InputStream content = PublishedRunsTest.class.getResourceAsStream(file)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(","))
          .filter(row -> row[0].equals(run))
          .toList();
    }
  }
}
