package rft.run;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes a run's numbers and rollouts out, in forms that other tools read. */
public final class RunExport {
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonMapper ESCAPED =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /** A long run does not fit into memory at once. */
  private static final int STEPS_AT_ONCE = 1_000;

  /**
   * What an export took along.
   *
   * @param rows lines written, without a heading
   * @param problems what is damaged and was left out, one sentence each
   */
  public record Summary(long rows, List<String> problems) {
    public Summary {
      problems = List.copyOf(problems);
    }
  }

  /** Writes to something that takes text. */
  private interface Export {
    Summary writeTo(Appendable out) throws IOException;
  }

  private RunExport() {}

  /**
   * Writes the metrics as CSV (RFC 4180): one row per step, the step first, then one column per key
   * in sorted order. A value the step does not have is empty; NaN and Infinity are spelt so.
   *
   * @throws IOException if the run cannot be read or the output not written
   */
  public static Summary csv(RunReader run, Appendable out) throws IOException {
    List<String> keys = run.series();
    out.append("step");
    for (String key : keys) {
      out.append(',').append(quoted(key));
    }
    out.append("\r\n");
    List<Integer> steps = run.steps();
    for (int i = 0; i < steps.size(); i += STEPS_AT_ONCE) {
      rows(run, keys, steps.subList(i, Math.min(steps.size(), i + STEPS_AT_ONCE)), out);
    }
    return new Summary(steps.size(), List.of());
  }

  private static void rows(RunReader run, List<String> keys, List<Integer> steps, Appendable out)
      throws IOException {
    Map<Integer, Map<String, Double>> rows = new TreeMap<>();
    steps.forEach(step -> rows.put(step, new HashMap<>()));
    for (String key : keys) {
      for (Point point : run.metric(key, steps.get(0), steps.get(steps.size() - 1))) {
        rows.computeIfAbsent(point.step(), step -> new HashMap<>()).put(key, point.value());
      }
    }
    for (Map.Entry<Integer, Map<String, Double>> row : rows.entrySet()) {
      out.append(row.getKey().toString());
      for (String key : keys) {
        Double value = row.getValue().get(key);
        out.append(',').append(value == null ? "" : value.toString());
      }
      out.append("\r\n");
    }
  }

  /** Writes the metrics to a file that appears at once and whole. */
  public static Summary csv(RunReader run, Path file) throws IOException {
    return toFile(file, out -> csv(run, out));
  }

  // A spreadsheet takes a cell that begins with one of these for a formula.
  private static String quoted(String key) {
    String safe = "=+-@\t\r".indexOf(key.charAt(0)) >= 0 ? "'" + key : key;
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
  }

  /**
   * Writes the rollouts as JSON lines in the order of step, position and index. A number that JSON
   * lacks is spelt as text ({@code "NaN"}); base log-probabilities that were not computed and a
   * reward that did not enter the statistics are null. A damaged step is left out and reported.
   *
   * @throws IOException if the run cannot be read or the output not written
   */
  public static Summary jsonl(RunReader run, Appendable out) throws IOException {
    long rows = 0;
    List<String> problems = new ArrayList<>();
    for (int step : run.rolloutSteps()) {
      List<StoredRollout> rollouts;
      try {
        rollouts = run.rollouts(step);
      } catch (DamagedRunException e) {
        problems.add("step " + step + " is left out: " + e.getMessage());
        continue;
      }
      for (StoredRollout rollout : rollouts) {
        out.append(line(json(rollout))).append('\n');
        rows++;
      }
    }
    return new Summary(rows, problems);
  }

  /** Writes the rollouts to a file that appears at once and whole. */
  public static Summary jsonl(RunReader run, Path file) throws IOException {
    return toFile(file, out -> jsonl(run, out));
  }

  /** Returns readable JSON where UTF-8 can carry it: hostile text may hold half a character. */
  private static String line(ObjectNode node) throws IOException {
    String line = JSON.writeValueAsString(node);
    boolean carried = StandardCharsets.UTF_8.newEncoder().canEncode(line);
    return carried ? line : ESCAPED.writeValueAsString(node);
  }

  /** Returns a rollout as {@link #jsonl} writes it. */
  public static ObjectNode json(StoredRollout rollout) {
    TokenTrace trace = rollout.trace();
    ObjectNode node = JSON.createObjectNode();
    node.put("step", rollout.step()).put("position", rollout.position());
    node.put("index", rollout.index()).put("task", rollout.taskId());
    node.put("split", rollout.split()).put("prompt", rollout.prompt());
    node.put("text", rollout.text()).put("finish_reason", rollout.finishReason());
    node.set("verdict", VerdictJson.write(rollout.verdict()));
    Double reward = Double.isNaN(rollout.reward()) ? null : rollout.reward();
    node.put("reward", reward);
    node.set("advantage", VerdictJson.number(rollout.advantage()));
    ArrayNode tokens = node.putArray("tokens");
    for (int token : trace.tokens()) {
      tokens.add(token);
    }
    ArrayNode mask = node.putArray("mask");
    for (boolean trained : trace.mask()) {
      mask.add(trained ? 1 : 0);
    }
    putFloats(node, "log_probs", trace.logProbs());
    putFloats(node, "entropies", trace.entropies());
    putFloats(node, "base_log_probs", trace.baseLogProbs());
    return node;
  }

  private static void putFloats(ObjectNode node, String name, float @Nullable [] values) {
    if (values == null) {
      node.putNull(name);
      return;
    }
    ArrayNode array = node.putArray(name);
    for (float value : values) {
      if (Float.isFinite(value)) {
        array.add(value);
      } else {
        array.add(Float.toString(value));
      }
    }
  }

  private static Summary toFile(Path file, Export export) throws IOException {
    Path target = file.toAbsolutePath();
    Path draft = target.resolveSibling(DurableFile.DRAFT + target.getFileName());
    try {
      Summary summary;
      try (Writer out = Files.newBufferedWriter(draft)) {
        summary = export.writeTo(out);
      }
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      return summary;
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
