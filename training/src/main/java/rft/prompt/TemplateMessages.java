package rft.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import rft.dataset.Message;
import rft.dataset.Role;
import rft.dataset.ToolCall;

/** Messages in the form that chat templates read. */
final class TemplateMessages {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private TemplateMessages() {}

  /**
   * Returns each message as a mapping. The arguments of a tool call are a mapping if they are a
   * JSON object, else text; tool messages answer the calls before them in order, and get their
   * {@code tool_call_id} and {@code name}.
   */
  static List<Map<String, Object>> of(List<Message> messages) {
    List<Map<String, Object>> all = new ArrayList<>();
    Queue<ToolCall> unanswered = new ArrayDeque<>();
    for (Message message : messages) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("role", message.role().jsonName());
      fields.put("content", message.content());
      if (!message.toolCalls().isEmpty()) {
        fields.put("tool_calls", message.toolCalls().stream().map(TemplateMessages::call).toList());
        unanswered.clear();
        unanswered.addAll(message.toolCalls());
      }
      ToolCall answered = message.role() == Role.TOOL ? unanswered.poll() : null;
      if (answered != null) {
        fields.put("tool_call_id", answered.id());
        fields.put("name", answered.name());
      }
      all.add(fields);
    }
    return all;
  }

  private static Map<String, Object> call(ToolCall call) {
    Map<String, Object> function = new LinkedHashMap<>();
    function.put("name", call.name());
    function.put("arguments", arguments(call.arguments()));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", call.id());
    fields.put("type", "function");
    fields.put("function", function);
    return fields;
  }

  private static Object arguments(String json) {
    try {
      JsonNode arguments = JSON.readTree(json);
      return arguments.isObject() ? JSON.convertValue(arguments, Map.class) : json;
    } catch (JsonProcessingException e) {
      return json;
    }
  }
}
