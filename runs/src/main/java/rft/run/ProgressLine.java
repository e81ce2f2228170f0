package rft.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One line in which a child says how far it is: a JSON object among the lines of its standard
 * error. {@code {"progress":"train","done":3,"total":50,"readings":{"reward":0.25}}} is a position,
 * {@code {"say":"..."}} a sentence, {@code {"run":"ID","steps":50}} the run it works on from here.
 *
 * @param activity what it does, one or two words; null in a sentence and for a run
 * @param done steps done
 * @param total steps in all; 0 when unknown
 * @param readings values by name, in order; one that is not finite is null
 * @param sentence a sentence; null in the others
 * @param run a run's id; null in the others
 */
public record ProgressLine(
    @Nullable String activity,
    long done,
    long total,
    Map<String, @Nullable Double> readings,
    @Nullable String sentence,
    @Nullable String run) {
  /** The variable that makes a child write such lines in place of those for a person. */
  public static final String VARIABLE = "RFT_PROGRESS";

  /** Its value then. */
  public static final String JSON = "json";

  private static final JsonMapper MAPPER = new JsonMapper();

  public ProgressLine {
    readings = new LinkedHashMap<>(readings);
  }

  /** Returns the line of a position. */
  public static ProgressLine position(
      String activity, long done, long total, Map<String, Double> readings) {
    return new ProgressLine(activity, done, total, new LinkedHashMap<>(readings), null, null);
  }

  /** Returns the line of a sentence. */
  public static ProgressLine sentence(String sentence) {
    return new ProgressLine(null, 0, 0, Map.of(), sentence, null);
  }

  /** Returns the line of a run that begins or goes on. */
  public static ProgressLine run(String run, long steps) {
    return new ProgressLine(null, 0, steps, Map.of(), null, run);
  }

  /** Returns what a line of a log says; empty if it is text of another kind. */
  public static Optional<ProgressLine> parse(String line) {
    if (!line.startsWith("{")) {
      return Optional.empty();
    }
    try {
      JsonNode json = MAPPER.readTree(line);
      if (json.path("progress").isTextual()) {
        Map<String, @Nullable Double> readings = new LinkedHashMap<>();
        json.path("readings")
            .properties()
            .forEach(
                reading ->
                    readings.put(
                        reading.getKey(),
                        reading.getValue().isNumber() ? reading.getValue().doubleValue() : null));
        return Optional.of(
            new ProgressLine(
                json.path("progress").textValue(),
                json.path("done").asLong(),
                json.path("total").asLong(),
                readings,
                null,
                null));
      }
      if (json.path("say").isTextual()) {
        return Optional.of(sentence(json.path("say").textValue()));
      }
      return json.path("run").isTextual()
          ? Optional.of(run(json.path("run").textValue(), json.path("steps").asLong()))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Returns the line, without a line break. */
  public String toJson() {
    ObjectNode json = MAPPER.createObjectNode();
    if (activity != null) {
      json.put("progress", activity).put("done", done).put("total", total);
      ObjectNode values = json.putObject("readings");
      readings.forEach(
          (name, value) ->
              values.put(name, value == null || !Double.isFinite(value) ? null : value));
    } else if (sentence != null) {
      json.put("say", sentence);
    } else {
      json.put("run", run).put("steps", total);
    }
    return json.toString();
  }

  /** Returns the same for a person. */
  public String text() {
    if (activity == null) {
      return sentence != null ? sentence : "run " + run;
    }
    String values =
        readings.entrySet().stream()
            .map(reading -> reading.getKey() + " " + number(reading.getValue()))
            .collect(Collectors.joining("  "));
    return (activity + " " + done + (total == 0 ? "" : "/" + total) + "  " + values).strip();
  }

  private static String number(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.4g", value);
  }
}
