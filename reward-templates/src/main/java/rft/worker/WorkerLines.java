package rft.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.Verdict;
import rft.run.VerdictJson;

/**
 * The lines between a judge and its worker: one for each question; for each call one when it begins
 * and one with its verdicts.
 */
final class WorkerLines {
  /** A call of the reward begins: from here on its time counts. */
  static final String BEGIN = "[]";

  /** Escapes what is not ASCII, so that half a character pair of a broken completion arrives. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /**
   * What a worker is asked.
   *
   * @param each whether each completion is a call of its own
   */
  record Question(Task task, List<Completion> completions, boolean each) {}

  private WorkerLines() {}

  static String question(Task task, List<Completion> completions, boolean each) {
    return line(new Question(task, List.copyOf(completions), each));
  }

  static Question question(String line) {
    return read(line, Question.class);
  }

  static String verdicts(List<Verdict> verdicts) {
    ArrayNode array = JSON.createArrayNode();
    verdicts.forEach(verdict -> array.add(VerdictJson.write(verdict)));
    return line(array);
  }

  /**
   * Returns the verdicts of a line.
   *
   * @throws IllegalArgumentException if the line is none of a worker
   */
  static List<Verdict> verdicts(String line) {
    List<Verdict> verdicts = new ArrayList<>();
    for (JsonNode node : read(line, ArrayNode.class)) {
      verdicts.add(VerdictJson.read(node));
    }
    return verdicts;
  }

  /** Returns the first line of a worker: it is ready, or says why it cannot be. */
  static String ready(String problem) {
    return line(JSON.createObjectNode().put("problem", problem));
  }

  static String problem(String line) {
    return read(line, ObjectNode.class).path("problem").asText();
  }

  private static String line(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static <T> T read(String line, Class<T> type) {
    try {
      return JSON.readValue(line, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the reward's process answered what is no answer: " + e.getOriginalMessage(), e);
    }
  }
}
