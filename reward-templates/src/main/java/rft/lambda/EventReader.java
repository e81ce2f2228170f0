package rft.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import rft.dataset.Message;
import rft.dataset.Role;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.FinishReason;

/** Reads events in every shape that is seen. */
final class EventReader {
  private static final List<String> OWN =
      List.of(
          EventField.ID,
          EventField.MESSAGES,
          EventField.METADATA,
          EventField.REFERENCE,
          EventField.ROLLOUT);

  private EventReader() {}

  static LambdaEvent read(JsonNode event) throws LambdaException {
    JsonNode elements = event.isObject() ? event.path(EventField.TRAJECTORIES) : event;
    if (!elements.isArray()) {
      throw unreadable(
          "the event is "
              + ContractJson.kind(event)
              + ", not an array of rollouts: send [{\"id\": \"..\", \"messages\": [..],"
              + " \"metadata\": {\"reference_answer\": ..}}]");
    }
    List<LambdaRollout> rollouts = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      rollouts.add(rollout(elements.get(i), "element " + (i + 1) + " of the event", i + 1));
    }
    return new LambdaEvent(rollouts);
  }

  private static LambdaRollout rollout(JsonNode node, String where, int number)
      throws LambdaException {
    if (!(node instanceof ObjectNode element)) {
      throw unreadable(where + " is " + ContractJson.kind(node) + ", not an object");
    }
    JsonNode id = id(element, number);
    JsonNode details = element.path(EventField.ROLLOUT);
    List<Message> messages = EventMessages.read(element.path(EventField.MESSAGES), where);
    int end = last(messages, where);
    int start =
        details.has(EventField.MESSAGES)
            ? end - details.path(EventField.MESSAGES).asInt()
            : end - 1;
    if (start < 1 || start >= end) {
      throw unreadable(where + " has no message before the response: it needs the prompt, too");
    }
    String named = details.path(EventField.TASK).asText(id.asText());
    Task task =
        new Task(
            named.isBlank() ? "row-" + number : named,
            messages.subList(0, start),
            reference(element, details.isMissingNode()),
            attributes(element));
    return new LambdaRollout(id, task, completion(messages.subList(start, end), details));
  }

  /** Returns the place after the response, the last message of the assistant. */
  private static int last(List<Message> messages, String where) throws LambdaException {
    for (int i = messages.size(); i > 0; i--) {
      if (messages.get(i - 1).role() == Role.ASSISTANT) {
        return i;
      }
    }
    throw unreadable(where + " has no message of the assistant: there is nothing to score");
  }

  private static JsonNode id(ObjectNode element, int number) {
    return Stream.of(EventField.ID, EventField.TASK_ID)
        .map(element::path)
        .filter(id -> id.isTextual() || id.isNumber())
        .findFirst()
        .orElseGet(() -> TextNode.valueOf("row-" + number));
  }

  /** Returns the reference from its documented place, else from beside it. */
  private static JsonNode reference(ObjectNode element, boolean mayBeWrapped) {
    JsonNode found =
        Stream.of(element.path(EventField.METADATA), element)
            .map(place -> place.path(EventField.REFERENCE))
            .filter(reference -> !reference.isMissingNode() && !reference.isNull())
            .findFirst()
            .orElse(NullNode.getInstance());
    boolean wrapped = found.size() == 1 && found.path(EventField.TEXT).isTextual();
    return wrapped && mayBeWrapped ? found.path(EventField.TEXT) : found;
  }

  /** Returns what the row had besides: the metadata, and fields that stand beside it. */
  private static ObjectNode attributes(ObjectNode element) {
    ObjectNode attributes = element.deepCopy();
    attributes.remove(OWN);
    if (!element.has(EventField.ID)) {
      attributes.remove(EventField.TASK_ID);
    }
    JsonNode metadata = element.path(EventField.METADATA);
    if (metadata instanceof ObjectNode fields) {
      attributes.setAll(fields.deepCopy());
      attributes.remove(EventField.REFERENCE);
    } else if (!metadata.isMissingNode() && !metadata.isNull()) {
      attributes.set(EventField.METADATA, metadata);
    }
    return attributes.isEmpty() ? JsonNodeFactory.instance.objectNode() : attributes;
  }

  private static Completion completion(List<Message> turns, JsonNode details) {
    String said = turns.get(turns.size() - 1).content();
    return new Completion(
        details.path(EventField.TEXT).asText(said),
        turns,
        finishReason(details.path(EventField.FINISH_REASON).asText()),
        details.path(EventField.TOKEN_COUNT).asInt(),
        turns.stream().flatMap(turn -> turn.toolCalls().stream()).toList());
  }

  private static FinishReason finishReason(String name) {
    return Stream.of(FinishReason.values())
        .filter(reason -> reason.jsonName().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElse(FinishReason.STOP);
  }

  private static LambdaException unreadable(String message) {
    return new LambdaException(Failure.Kind.UNREADABLE, message);
  }
}
