package rft.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rft.dataset.DatasetReader;
import rft.dataset.DatasetWriter;
import rft.dataset.Message;
import rft.dataset.NearestName;
import rft.dataset.Role;
import rft.dataset.RowProblem;
import rft.dataset.Task;
import rft.dataset.ToolCall;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.FinishReason;

/** One line of an examples file. */
final class ExampleRow {
  static final String REWARD = "reward";
  static final String MIN = "min";
  static final String MAX = "max";
  static final String ABSTAIN = "abstain";
  static final String FAILURE = "failure";
  private static final String COMPLETION = "completion";
  private static final String WHY = "why";
  private static final String JUDGE = "judge";

  /** Fields that are not the task's. */
  private static final List<String> OWN =
      List.of(COMPLETION, REWARD, MIN, MAX, ABSTAIN, FAILURE, WHY, JUDGE);

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ExampleRow() {}

  /**
   * Returns the example of a line.
   *
   * @throws IllegalArgumentException if it is none, saying what is wrong and how to put it right
   */
  static RewardExample read(String line, long number) {
    ObjectNode row = object(line);
    if (!row.has(COMPLETION)) {
      throw new IllegalArgumentException(
          "the example has no completion: add \"completion\": \"what the model answered\"");
    }
    Completion completion = completion(row.path(COMPLETION));
    Expectation expected = expectation(row);
    String why = text(row, WHY);
    String judge = text(row, JUDGE);
    row.remove(OWN);
    return new RewardExample(task(row, number), completion, expected, why, judge);
  }

  private static ObjectNode object(String line) {
    try {
      if (JSON.readTree(line) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      throw new IllegalArgumentException(
          "the line is not valid JSON from column " + column + " on: write one object per line", e);
    }
    throw new IllegalArgumentException("the line is not a JSON object: write one object per line");
  }

  private static Completion completion(JsonNode node) {
    if (node.isTextual()) {
      return Completion.of(node.textValue());
    }
    JsonNode content = node.path("content");
    if (!node.isObject() || !(content.isTextual() || node.path("tool_calls").isArray())) {
      throw new IllegalArgumentException(
          "completion must be a text, or an assistant message with content and tool_calls");
    }
    List<ToolCall> calls = new ArrayList<>();
    for (JsonNode call : node.path("tool_calls")) {
      JsonNode function = call.path("function");
      JsonNode arguments = function.path("arguments");
      if (!function.path("name").isTextual() || arguments.isMissingNode()) {
        throw new IllegalArgumentException(
            "a tool call of the completion lacks function.name or function.arguments");
      }
      calls.add(
          new ToolCall(
              call.path("id").asText(),
              function.path("name").textValue(),
              arguments.isTextual() ? arguments.textValue() : arguments.toString()));
    }
    String text = content.asText("");
    return new Completion(
        text,
        List.of(new Message(Role.ASSISTANT, text, calls)),
        finish(node.path("finish_reason"), calls),
        node.path("tokens").asInt(),
        calls);
  }

  private static FinishReason finish(JsonNode node, List<ToolCall> calls) {
    if (node.isMissingNode()) {
      return calls.isEmpty() ? FinishReason.STOP : FinishReason.TOOL_CALLS;
    }
    return Stream.of(FinishReason.values())
        .filter(reason -> reason.jsonName().equals(node.asText()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "finish_reason of the completion must be stop, length or tool_calls"));
  }

  private static Expectation expectation(ObjectNode row) {
    boolean range = row.has(MIN) || row.has(MAX);
    long ways =
        Stream.of(row.has(REWARD), range, row.has(ABSTAIN), row.has(FAILURE))
            .filter(given -> given)
            .count();
    if (ways != 1) {
      throw new IllegalArgumentException(
          "the example must say what is expected in one way: \"reward\": 1, \"min\" and \"max\","
              + " \"abstain\": true, or \"failure\": \"timeout\"");
    }
    if (row.has(ABSTAIN)) {
      if (!row.path(ABSTAIN).isBoolean() || !row.path(ABSTAIN).booleanValue()) {
        throw new IllegalArgumentException("abstain must be true, or be left out");
      }
      return new Expectation.Abstains();
    }
    if (row.has(FAILURE)) {
      return new Expectation.Fails(kind(row.path(FAILURE).asText()));
    }
    if (row.has(REWARD)) {
      return Expectation.exactly(number(row, REWARD, 0));
    }
    return new Expectation.Within(
        number(row, MIN, Double.NEGATIVE_INFINITY), number(row, MAX, Double.POSITIVE_INFINITY));
  }

  private static Failure.Kind kind(String name) {
    List<Failure.Kind> kinds = List.of(Failure.Kind.values());
    List<String> names = kinds.stream().map(k -> k.name().toLowerCase(Locale.ROOT)).toList();
    return kinds.stream()
        .filter(kind -> kind.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no failure \""
                        + name
                        + "\""
                        + NearestName.hint(name, names)
                        + " (there are "
                        + String.join(", ", names)
                        + ")"));
  }

  private static double number(ObjectNode row, String field, double otherwise) {
    JsonNode node = row.path(field);
    if (node.isMissingNode()) {
      return otherwise;
    }
    if (!node.isNumber()) {
      throw new IllegalArgumentException(field + " must be a number, it is " + node);
    }
    return node.doubleValue();
  }

  private static @Nullable String text(ObjectNode row, String field) {
    JsonNode node = row.path(field);
    if (!node.isMissingNode() && !node.isTextual()) {
      throw new IllegalArgumentException(field + " must be a text, it is " + node);
    }
    return node.textValue();
  }

  /** Returns the task that is left of the row, read as a dataset's row is. */
  private static Task task(ObjectNode row, long number) {
    if (!row.has("id")) {
      row.put("id", "example-" + number);
    }
    if (!row.has("messages") && row.path("prompt").isTextual()) {
      String prompt = row.remove("prompt").textValue();
      row.putArray("messages").addObject().put("role", "user").put("content", prompt);
    }
    List<Task> tasks = new ArrayList<>();
    List<RowProblem> problems = new ArrayList<>();
    try {
      byte[] bytes = row.toString().getBytes(StandardCharsets.UTF_8);
      DatasetReader.stream(new ByteArrayInputStream(bytes), tasks::add, problems::add);
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be read", e);
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.get(0).reason() + "; " + problems.get(0).fix());
    }
    return tasks.get(0);
  }

  /**
   * Returns an example as one line of JSON that {@link #read} reads back.
   *
   * @throws IllegalArgumentException if a field of the task has a name of this format's own
   */
  static String write(RewardExample example) {
    ObjectNode row = object(DatasetWriter.row(example.task()));
    for (String field : OWN) {
      if (row.has(field)) {
        throw new IllegalArgumentException(
            "task "
                + example.task().id()
                + " has a field "
                + field
                + ", which means something else in a file of examples: rename it in the dataset");
      }
    }
    row.set(COMPLETION, completion(example.completion()));
    example.expected().writeTo(row);
    if (example.why() != null) {
      row.put(WHY, example.why());
    }
    if (example.judge() != null) {
      row.put(JUDGE, example.judge());
    }
    return row.toString();
  }

  private static JsonNode completion(Completion completion) {
    boolean plain =
        completion.toolCalls().isEmpty() && completion.finishReason() == FinishReason.STOP;
    if (plain) {
      return JSON.getNodeFactory().textNode(completion.text());
    }
    ObjectNode message = JSON.createObjectNode().put("content", completion.text());
    if (!completion.toolCalls().isEmpty()) {
      ArrayNode calls = message.putArray("tool_calls");
      for (ToolCall call : completion.toolCalls()) {
        ObjectNode function = calls.addObject().put("id", call.id()).putObject("function");
        function.put("name", call.name()).put("arguments", call.arguments());
      }
    }
    return message.put("finish_reason", completion.finishReason().jsonName());
  }
}
