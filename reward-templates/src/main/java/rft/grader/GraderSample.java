package rft.grader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import rft.dataset.Task;
import rft.dataset.ToolCall;
import rft.reward.Completion;

/** What graders see of an answer and of its row. */
public final class GraderSample {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final List<String> RESERVED = List.of("messages", "tools");

  private GraderSample() {}

  /**
   * Returns the {@code sample} of a completion: {@code output_text}, {@code output_tools}, {@code
   * choices}, and {@code output_json} if the text is JSON.
   */
  public static ObjectNode of(Completion completion) {
    ObjectNode sample = JsonNodeFactory.instance.objectNode();
    sample.put("output_text", completion.text());
    json(completion.text()).ifPresent(value -> sample.set("output_json", value));
    ArrayNode tools = sample.putArray("output_tools");
    completion.toolCalls().forEach(call -> tools.add(tool(call)));
    ObjectNode choice = sample.putArray("choices").addObject().put("index", 0);
    ObjectNode message = choice.putObject("message").put("role", "assistant");
    message.put("content", completion.text());
    if (!tools.isEmpty()) {
      message.set("tool_calls", tools.deepCopy());
    }
    choice.put("finish_reason", completion.finishReason().jsonName());
    return sample;
  }

  /** Returns the {@code item} of a task: its row without messages and tools. */
  public static ObjectNode item(Task task) {
    ObjectNode item = JsonNodeFactory.instance.objectNode().put("id", task.id());
    if (!task.reference().isNull() && !task.reference().isMissingNode()) {
      item.set("reference_answer", task.reference());
    }
    item.setAll(task.attributes());
    return item.remove(RESERVED);
  }

  private static ObjectNode tool(ToolCall call) {
    ObjectNode node =
        JsonNodeFactory.instance.objectNode().put("id", call.id()).put("type", "function");
    node.putObject("function").put("name", call.name()).put("arguments", call.arguments());
    return node;
  }

  private static Optional<JsonNode> json(String text) {
    // What cannot begin a JSON value is not tried: a parser's complaint is slow.
    String start = text.stripLeading();
    if (start.isEmpty() || "{[\"-0123456789tfn".indexOf(start.charAt(0)) < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
