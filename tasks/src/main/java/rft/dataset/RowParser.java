package rft.dataset;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the JSON object of one row into a task, or says why it cannot be one. */
final class RowParser {
  static final String ID = "id";
  static final String MESSAGES = "messages";
  static final String REFERENCE = "reference_answer";
  private static final String METADATA = "metadata";
  private static final String EXAMPLE =
      "add \"messages\": [{\"role\": \"user\", \"content\": \"...\"}]";

  private RowParser() {}

  /**
   * Returns the task of a row.
   *
   * @param row the row; its fields are taken out of it
   * @param line its 1-based line, which names a row without an id
   */
  static Task parse(ObjectNode row, long line) throws BadRow {
    String id = id(row, line);
    List<Message> messages = messages(row.get(MESSAGES));
    JsonNode reference = reference(row);
    row.remove(List.of(ID, MESSAGES, REFERENCE));
    return new Task(id, messages, reference, row);
  }

  private static String id(ObjectNode row, long line) throws BadRow {
    JsonNode id = row.path(ID);
    if (id.isMissingNode() || id.isNull()) {
      return "row-" + line;
    }
    if (!id.isTextual() && !id.isNumber()) {
      throw BadRow.at(
          at(ID), "id is " + RowText.kind(id) + ", not text", "write it as a string or a number");
    }
    if (id.asText().isBlank()) {
      throw BadRow.at(at(ID), "id is blank", "give the row an id of its own, or leave it out");
    }
    return id.asText();
  }

  private static List<Message> messages(@Nullable JsonNode node) throws BadRow {
    if (node == null) {
      throw BadRow.at(JsonPointer.empty(), "the row has no messages", EXAMPLE);
    }
    if (!(node instanceof ArrayNode)) {
      throw BadRow.at(
          at(MESSAGES), "messages is " + RowText.kind(node) + ", not an array", EXAMPLE);
    }
    if (node.isEmpty()) {
      throw BadRow.at(at(MESSAGES), "messages is empty", EXAMPLE);
    }
    List<Message> messages = new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      messages.add(MessageParser.parse(node.path(i), at(MESSAGES).appendIndex(i)));
    }
    checkOrder(messages);
    return messages;
  }

  private static void checkOrder(List<Message> messages) throws BadRow {
    for (int i = 1; i < messages.size(); i++) {
      if (messages.get(i).role() == Role.SYSTEM) {
        throw BadRow.at(
            at(MESSAGES).appendIndex(i),
            "a system message as number " + (i + 1),
            "put the only system message first");
      }
    }
    if (messages.stream().noneMatch(message -> message.role() == Role.USER)) {
      throw BadRow.at(at(MESSAGES), "no message from the user", "add a message with role \"user\"");
    }
    int last = messages.size() - 1;
    if (messages.get(last).role() == Role.ASSISTANT) {
      throw BadRow.at(
          at(MESSAGES).appendIndex(last),
          "the last message is the assistant's, so there is nothing left to answer",
          "put its text into \"reference_answer\" and end with the user's message");
    }
  }

  private static JsonNode reference(ObjectNode row) throws BadRow {
    JsonNode top = row.path(REFERENCE);
    JsonNode nested = row.path(METADATA).path(REFERENCE);
    boolean atTop = !top.isMissingNode() && !top.isNull();
    boolean inMetadata = !nested.isMissingNode() && !nested.isNull();
    JsonPointer nestedPlace = at(METADATA).appendProperty(REFERENCE);
    if (atTop && inMetadata && !top.equals(nested)) {
      throw BadRow.at(
          nestedPlace,
          "reference_answer and metadata.reference_answer differ",
          "keep one of the two");
    }
    JsonNode reference = atTop ? top : inMetadata ? nested : NullNode.getInstance();
    if (reference.isTextual() && reference.textValue().isBlank()) {
      throw BadRow.at(
          atTop ? at(REFERENCE) : nestedPlace,
          "reference_answer is blank",
          "write the expected answer, or leave the field out");
    }
    dropNestedReference(row);
    return reference;
  }

  private static void dropNestedReference(ObjectNode row) {
    if (row.get(METADATA) instanceof ObjectNode metadata && metadata.has(REFERENCE)) {
      metadata.remove(REFERENCE);
      if (metadata.isEmpty()) {
        row.remove(METADATA);
      }
    }
  }

  static JsonPointer at(String field) {
    return JsonPointer.empty().appendProperty(field);
  }
}
