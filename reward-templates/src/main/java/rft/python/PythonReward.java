package rft.python;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.dataset.Message;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.GroupReward;
import rft.reward.Score;
import rft.reward.Verdict;
import rft.sandbox.PythonFunction;

/**
 * A function {@code reward} of plain values. It returns a number, a truth value, or a dict of
 * numbers whose {@code score} is the reward and whose others are its parts.
 */
final class PythonReward implements GroupReward, AutoCloseable {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final PythonFunction function;
  private final List<String> arguments;

  PythonReward(PythonFunction function, List<String> arguments) {
    this.function = function;
    this.arguments = List.copyOf(arguments);
  }

  @Override
  public List<Verdict> score(Task task, List<Completion> group) {
    List<Verdict> verdicts = new ArrayList<>(group.size());
    for (Completion completion : group) {
      verdicts.add(verdict(task, completion));
    }
    return verdicts;
  }

  private Verdict verdict(Task task, Completion completion) {
    try {
      List<JsonNode> values =
          arguments.stream().map(name -> argument(name, task, completion)).toList();
      return verdict(function.call(values));
    } catch (IOException e) {
      return PythonFailure.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the reward ran", e);
    }
  }

  private static JsonNode argument(String name, Task task, Completion completion) {
    return switch (name) {
      case "completion" -> TextNode.valueOf(completion.text());
      case "answer" -> TextNode.valueOf(task.referenceText());
      case "prompt" -> TextNode.valueOf(task.promptText());
      case "task" -> row(task);
      default -> rollout(completion);
    };
  }

  private static ObjectNode row(Task task) {
    ObjectNode row = JSON.objectNode().put("id", task.id());
    row.set("messages", messages(task.messages()));
    row.set("reference_answer", task.reference());
    return row.setAll(task.attributes());
  }

  private static ObjectNode rollout(Completion completion) {
    ObjectNode rollout = JSON.objectNode().put("text", completion.text());
    rollout.set("messages", messages(completion.messages()));
    return rollout
        .put("finish_reason", completion.finishReason().jsonName())
        .put("token_count", completion.tokenCount());
  }

  private static ArrayNode messages(List<Message> messages) {
    ArrayNode list = JSON.arrayNode();
    for (Message message : messages) {
      ObjectNode turn =
          list.addObject().put("role", message.role().jsonName()).put("content", message.content());
      if (!message.toolCalls().isEmpty()) {
        ArrayNode calls = turn.putArray("tool_calls");
        message
            .toolCalls()
            .forEach(
                call ->
                    calls
                        .addObject()
                        .put("id", call.id())
                        .put("name", call.name())
                        .put("arguments", call.arguments()));
      }
    }
    return list;
  }

  private static Verdict verdict(JsonNode value) {
    if (!value.isObject()) {
      return score("reward", value, Map.of(), null);
    }
    Map<String, Double> parts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> part : value.properties()) {
      String name = part.getKey();
      if (name.equals("score") || name.equals("reason")) {
        continue;
      }
      if (!(score("the part " + name, part.getValue(), Map.of(), null) instanceof Score number)) {
        return score("the part " + name, part.getValue(), Map.of(), null);
      }
      parts.put(name, number.value());
    }
    JsonNode reason = value.path("reason");
    return score("score", value.path("score"), parts, reason.isTextual() ? reason.asText() : null);
  }

  private static Verdict score(
      String what, JsonNode value, Map<String, Double> parts, @Nullable String reason) {
    if (value.isBoolean()) {
      return new Score(value.booleanValue() ? 1 : 0, parts, reason, 0);
    }
    if (!value.isNumber()) {
      return new Failure(
          Failure.Kind.EXCEPTION,
          what
              + " is "
              + (value.isMissingNode() || value.isNull() ? "missing" : value.toString())
              + ": return a number on every path");
    }
    double number = value.doubleValue();
    if (Double.isNaN(number)) {
      return new Failure(Failure.Kind.NOT_A_NUMBER, what + " is nan");
    }
    if (Math.abs(number) > Score.LIMIT) {
      return new Failure(
          Failure.Kind.OUT_OF_RANGE, what + " is " + value + ", beyond +-" + Score.LIMIT);
    }
    return new Score(number, parts, reason, 0);
  }

  @Override
  public void close() {
    function.close();
  }
}
