package rft.grader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rft.dataset.Message;
import rft.dataset.Role;
import rft.judge.ChatException;
import rft.judge.ChatModel;
import rft.judge.ChatReply;
import rft.judge.ChatRequest;
import rft.reward.Failure;

/**
 * What a grader asks a model, and how it reads the answer: a JSON object with the result and the
 * steps that led to it, which the request forces.
 */
final class JudgeQuestion {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int LONGEST_QUOTE = 200;

  private final ChatModel model;
  private final List<Turn> turns;
  private final Map<String, JsonNode> parameters;

  private JudgeQuestion(
      ChatModel model, List<Grader.Turn> turns, ObjectNode samplingParams, ObjectNode result) {
    this.model = model;
    this.turns = turns.stream().map(JudgeQuestion::turn).toList();
    this.parameters = parameters(samplingParams, result);
  }

  /** A message whose content is text. */
  private record Turn(Role role, Optional<List<Template>> texts) {}

  static JudgeQuestion ofScore(Grader.ScoreModel grader, ChatModel model) {
    ObjectNode number = JSON.objectNode().put("type", "number");
    return new JudgeQuestion(model, grader.input(), grader.samplingParams(), number);
  }

  static JudgeQuestion ofLabel(Grader.LabelModel grader, ChatModel model) {
    ObjectNode label = JSON.objectNode().put("type", "string");
    grader.labels().forEach(label.putArray("enum")::add);
    return new JudgeQuestion(model, grader.input(), grader.samplingParams(), label);
  }

  private static Turn turn(Grader.Turn turn) {
    Role role =
        switch (turn.role()) {
          case "system", "developer" -> Role.SYSTEM;
          case "assistant" -> Role.ASSISTANT;
          default -> Role.USER;
        };
    return new Turn(
        role,
        TurnContent.texts(turn.content())
            .map(texts -> texts.stream().map(Evaluations::template).toList()));
  }

  private static Map<String, JsonNode> parameters(ObjectNode sampling, ObjectNode result) {
    Map<String, JsonNode> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : sampling.properties()) {
      boolean limit = field.getKey().equals("max_completions_tokens");
      if (!field.getValue().isNull()) {
        parameters.put(limit ? "max_completion_tokens" : field.getKey(), field.getValue());
      }
    }
    // A model writes fields in the order of the schema, and a cache knows a question by its bytes.
    Map<String, ObjectNode> step = new LinkedHashMap<>();
    step.put("description", text());
    step.put("conclusion", text());
    ObjectNode steps = JSON.objectNode().put("type", "array").set("items", object(step));
    Map<String, ObjectNode> fields = new LinkedHashMap<>();
    fields.put("result", result);
    fields.put("steps", steps);
    ObjectNode format = JSON.objectNode().put("type", "json_schema");
    format
        .putObject("json_schema")
        .put("name", "grade")
        .put("strict", true)
        .set("schema", object(fields));
    parameters.put("response_format", format);
    return parameters;
  }

  private static ObjectNode text() {
    return JSON.objectNode().put("type", "string");
  }

  private static ObjectNode object(Map<String, ObjectNode> fields) {
    ObjectNode object = JSON.objectNode().put("type", "object");
    ObjectNode properties = object.putObject("properties");
    ArrayNode required = object.putArray("required");
    fields.forEach(
        (name, schema) -> {
          properties.set(name, schema);
          required.add(name);
        });
    return object.put("additionalProperties", false);
  }

  /** Returns the number that the model answers. */
  double number(Grading grading) throws GradingException, InterruptedException {
    JsonNode answer = ask(grading);
    JsonNode result = answer.path("result");
    if (!result.isNumber() || !Double.isFinite(result.doubleValue())) {
      throw unreadable("an object with a number as \"result\"", answer.toString());
    }
    return result.doubleValue();
  }

  /** Returns the label that the model answers, one of the grader's. */
  String label(Grading grading, Grader.LabelModel grader)
      throws GradingException, InterruptedException {
    JsonNode answer = ask(grading);
    String label = answer.path("result").asText();
    if (!grader.labels().contains(label)) {
      throw unreadable(
          "an object with one of " + String.join(", ", grader.labels()) + " as \"result\"",
          answer.toString());
    }
    return label;
  }

  private JsonNode ask(Grading grading) throws GradingException, InterruptedException {
    List<Message> messages = new ArrayList<>();
    for (Turn turn : turns) {
      messages.add(message(turn, grading));
    }
    try {
      ChatReply reply = model.ask(new ChatRequest(messages, parameters));
      grading.asked(reply);
      JsonNode answer = parsed(reply.text());
      grading.reason(conclusion(answer));
      return answer;
    } catch (ChatException e) {
      throw new GradingException(
          GraderError.ofModel(e.kind()), e.kind(), String.valueOf(e.getMessage()));
    }
  }

  private static Message message(Turn turn, Grading grading) throws GradingException {
    if (turn.texts().isEmpty()) {
      throw new GradingException(
          GraderError.OTHER,
          Failure.Kind.EXCEPTION,
          "a message holds an image or audio, which is not sent to models here");
    }
    StringBuilder text = new StringBuilder();
    for (Template template : turn.texts().get()) {
      text.append(grading.render(template));
    }
    return new Message(turn.role(), text.toString());
  }

  private static JsonNode parsed(String text) throws GradingException {
    try {
      return GraderText.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw unreadable("a JSON object with \"result\" and \"steps\"", text);
    }
  }

  private static GradingException unreadable(String wanted, String given) {
    String quote =
        given.length() <= LONGEST_QUOTE ? given : given.substring(0, LONGEST_QUOTE) + "..";
    return new GradingException(
        GraderError.MODEL_GRADER_PARSE,
        Failure.Kind.UNREADABLE,
        "the model should answer " + wanted + ", and said: " + quote);
  }

  private static String conclusion(JsonNode answer) {
    JsonNode steps = answer.path("steps");
    String text = steps.path(steps.size() - 1).path("conclusion").asText();
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "..";
  }
}
