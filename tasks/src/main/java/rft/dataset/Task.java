package rft.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One dataset row: the conversation to continue, the reference answer to check against, and free
 * attributes.
 *
 * @param id unique within its dataset
 * @param messages the conversation so far; not empty
 * @param reference the reference answer as JSON (string, number, object ..); {@code NullNode} when
 *     the row has none
 * @param attributes every other field of the row, by name
 */
public record Task(String id, List<Message> messages, JsonNode reference, ObjectNode attributes) {
  /**
   * Attribute that names what a row is about (operands, fields), so that splits do not depend on
   * wording.
   */
  public static final String CONTENT_KEY = "content_key";

  public Task {
    if (id.isBlank()) {
      throw new IllegalArgumentException(
          "task id is blank: give each row an \"id\" or leave it out");
    }
    if (messages.isEmpty()) {
      throw new IllegalArgumentException(
          "task " + id + " has no messages: a task needs at least one user message");
    }
    messages = List.copyOf(messages);
    reference = reference.deepCopy();
    attributes = attributes.deepCopy();
  }

  /** Returns a task with one user message and a text reference, without attributes. */
  public static Task of(String id, String prompt, String reference) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return new Task(id, List.of(Message.user(prompt)), json.textNode(reference), json.objectNode());
  }

  /** Returns the text of the user messages, joined by line breaks. */
  public String promptText() {
    return messages.stream()
        .filter(message -> message.role() == Role.USER)
        .map(Message::content)
        .collect(Collectors.joining("\n"));
  }

  /**
   * Returns the reference as text: a string as it is, any other JSON in its compact form, empty
   * when absent.
   */
  public String referenceText() {
    if (reference.isNull() || reference.isMissingNode()) {
      return "";
    }
    return reference.isTextual() ? reference.textValue() : reference.toString();
  }
}
