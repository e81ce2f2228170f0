package rft.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import rft.dataset.Message;
import rft.dataset.Task;

/** What a prompt may name, with the values that a task gives. */
final class Placeholders {
  static final String COMPLETION = "completion";
  static final String COMPLETIONS = "completions";
  static final String FIRST = "first";
  static final String SECOND = "second";

  private Placeholders() {}

  /** Returns the values of a task; one of its own names goes before an attribute of that name. */
  static Map<String, String> of(Task task) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("prompt", task.promptText());
    values.put(
        "conversation",
        task.messages().stream().map(Placeholders::turn).collect(Collectors.joining("\n\n")));
    if (!task.referenceText().isEmpty()) {
      values.put("reference", task.referenceText());
    }
    for (Map.Entry<String, JsonNode> attribute : task.attributes().properties()) {
      JsonNode value = attribute.getValue();
      if (!value.isNull()) {
        values.putIfAbsent(
            attribute.getKey(), value.isTextual() ? value.textValue() : value.toString());
      }
    }
    return values;
  }

  private static String turn(Message message) {
    String calls =
        message.toolCalls().stream()
            .map(call -> "\n[calls " + call.name() + " " + call.arguments() + "]")
            .collect(Collectors.joining());
    return message.role().jsonName() + ": " + message.content() + calls;
  }
}
