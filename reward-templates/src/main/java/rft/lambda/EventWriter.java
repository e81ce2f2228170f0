package rft.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import rft.dataset.Message;
import rft.dataset.Task;
import rft.dataset.ToolCall;
import rft.reward.Completion;

/** Lays rollouts out as an event. */
final class EventWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final EventShape shape;

  EventWriter(EventShape shape) {
    this.shape = shape;
  }

  JsonNode write(List<LambdaRollout> rollouts) {
    ArrayNode elements = JSON.arrayNode();
    rollouts.forEach(rollout -> elements.add(element(rollout)));
    return shape == EventShape.TRAJECTORIES
        ? JSON.objectNode().set(EventField.TRAJECTORIES, elements)
        : elements;
  }

  private ObjectNode element(LambdaRollout rollout) {
    Task task = rollout.task();
    List<Message> turns = turns(rollout.completion());
    ObjectNode element = JSON.objectNode().set(EventField.ID, rollout.id());
    ArrayNode messages = element.putArray(EventField.MESSAGES);
    task.messages().forEach(message -> messages.add(message(message)));
    turns.forEach(message -> messages.add(message(message)));
    ObjectNode metadata = element.putObject(EventField.METADATA).setAll(task.attributes());
    metadata.remove(EventField.REFERENCE);
    if (!task.reference().isNull()) {
      if (shape.hasReferenceInMetadata()) {
        metadata.set(EventField.REFERENCE, task.reference());
      }
      if (shape.hasReferenceBeside()) {
        element.set(EventField.REFERENCE, beside(task.reference()));
      }
    }
    element.set(EventField.ROLLOUT, details(task, rollout.completion(), turns));
    return element;
  }

  private JsonNode beside(JsonNode reference) {
    return shape == EventShape.TRAJECTORIES && reference.isTextual()
        ? JSON.objectNode().set(EventField.TEXT, reference)
        : reference;
  }

  private static ObjectNode details(Task task, Completion completion, List<Message> turns) {
    ObjectNode details =
        JSON.objectNode()
            .put(EventField.TASK, task.id())
            .put(EventField.FINISH_REASON, completion.finishReason().jsonName())
            .put(EventField.TOKEN_COUNT, completion.tokenCount())
            .put(EventField.MESSAGES, turns.size());
    if (!turns.get(turns.size() - 1).content().equals(completion.text())) {
      details.put(EventField.TEXT, completion.text());
    }
    return details;
  }

  /** Returns the messages of a completion, which say its text and all its tool calls. */
  private static List<Message> turns(Completion completion) {
    List<Message> turns = new ArrayList<>(completion.messages());
    if (turns.isEmpty()) {
      turns.add(Message.assistant(completion.text()));
    }
    if (turns.stream().allMatch(turn -> turn.toolCalls().isEmpty())) {
      Message last = turns.remove(turns.size() - 1);
      turns.add(new Message(last.role(), last.content(), completion.toolCalls()));
    }
    return turns;
  }

  private static ObjectNode message(Message message) {
    ObjectNode node =
        JSON.objectNode().put("role", message.role().jsonName()).put("content", message.content());
    if (!message.toolCalls().isEmpty()) {
      ArrayNode calls = node.putArray("tool_calls");
      for (ToolCall call : message.toolCalls()) {
        calls
            .addObject()
            .put("id", call.id())
            .put("type", "function")
            .putObject("function")
            .put("name", call.name())
            .put("arguments", call.arguments());
      }
    }
    return node;
  }
}
