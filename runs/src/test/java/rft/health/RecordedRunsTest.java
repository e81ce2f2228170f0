package rft.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import rft.run.Metric;
import rft.run.Point;
import rft.run.RunStatus;

/**
 * The rules on the numbers of real runs of the bundled model, which {@code bench/Health.java}
 * trained: healthy ones, some of which were trained after the rules were made, and ones that were
 * made sick on purpose.
 */
class RecordedRunsTest {
  /** What must be said of each sick run; more may be. */
  private static final Map<String, String> NAMED =
      Map.ofEntries(
          Map.entry("high-lr", "length-drift"),
          Map.entry("lr-1-2e-2", "reward-fell"),
          Map.entry("lr-1e-2", "entropy-collapse"),
          Map.entry("hack", "validation-gap"),
          Map.entry("hack-json", "validation-gap"),
          Map.entry("brevity", "reward-hacking"),
          Map.entry("one-answer", "reward-hacking"),
          Map.entry("constant", "no-signal"),
          Map.entry("never", "no-signal"),
          Map.entry("failing", "reward-failures"),
          Map.entry("failing-stop", "reward-failures"),
          Map.entry("slow", "slow-reward"),
          Map.entry("abstain", "reward-abstains"),
          Map.entry("short", "truncated"),
          Map.entry("mu8", "clip-share"),
          Map.entry("random", "plateau"));

  @Test
  void healthyRunsGiveNoAlarm() throws IOException {
    Map<String, Set<String>> alarms = alarms("healthy-");
    assertEquals(24, alarms.size());
    alarms.values().removeIf(Set::isEmpty);
    assertEquals(Map.of(), alarms);
  }

  @Test
  void healthyRunsThatTheRulesWereNotMadeWithGiveNoAlarm() throws IOException {
    Map<String, Set<String>> alarms = alarms("held-out-");
    alarms.putAll(alarms("third-"));
    assertEquals(36, alarms.size());
    alarms.values().removeIf(Set::isEmpty);
    assertEquals(Map.of(), alarms);
  }

  @Test
  void whatIsWrongWithASickRunIsNamed() throws IOException {
    Map<String, Set<String>> alarms = alarms("sick-");
    assertEquals(
        NAMED.keySet(),
        alarms.keySet().stream()
            .map(RecordedRunsTest::kind)
            .collect(Collectors.toCollection(TreeSet::new)));
    alarms.forEach(
        (run, rules) -> assertTrue(rules.contains(NAMED.get(kind(run))), run + " gives " + rules));
  }

  private static String kind(String run) {
    return run.replaceFirst("^sick-", "").replaceFirst("-\\d+$", "");
  }

  private static Map<String, Set<String>> alarms(String prefix) throws IOException {
    Map<String, Set<String>> alarms = new TreeMap<>();
    try (InputStream file = RecordedRunsTest.class.getResourceAsStream("recorded-runs.jsonl")) {
      for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        JsonNode run = new ObjectMapper().readTree(line);
        String name = run.path("name").asText();
        if (name.startsWith(prefix)) {
          Set<String> rules = new TreeSet<>();
          HealthReport.of(name, course(run)).alarms().forEach(alarm -> rules.add(alarm.rule()));
          alarms.put(name, rules);
        }
      }
    }
    return alarms;
  }

  private static Course course(JsonNode run) {
    CourseSketch sketch =
        new CourseSketch(run.path("steps").asInt())
            .shape(
                run.path("groupSize").asInt(),
                run.path("innerIterations").asInt(),
                run.path("maxNewTokens").asInt())
            .validationTasks(run.path("validationTasks").asInt())
            .status(RunStatus.valueOf(run.path("status").asText()), "");
    if (run.path("checked").asBoolean()) {
      sketch.checked();
    }
    run.path("metrics")
        .properties()
        .forEach(
            series ->
                sketch.with(
                    Metric.ofKey(series.getKey()).orElseThrow(), points(series.getValue())));
    return sketch.course();
  }

  /** Reads step and value in turns; null is a value that is no number. */
  private static List<Point> points(JsonNode numbers) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i += 2) {
      JsonNode value = numbers.get(i + 1);
      points.add(new Point(numbers.get(i).asInt(), value.isNull() ? Double.NaN : value.asDouble()));
    }
    return points;
  }
}
