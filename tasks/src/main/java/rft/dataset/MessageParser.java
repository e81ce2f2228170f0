package rft.dataset;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns one element of {@code messages} into a message, or says why it cannot be one. */
final class MessageParser {
  private static final String CONTENT = "content";
  private static final String TOOL_CALLS = "tool_calls";
  private static final String ALLOWED =
      Arrays.stream(Role.values()).map(Role::jsonName).collect(Collectors.joining(", "));

  /** What other formats call the roles. */
  private static final Map<String, Role> SYNONYMS =
      Map.of(
          "developer", Role.SYSTEM,
          "human", Role.USER,
          "model", Role.ASSISTANT,
          "gpt", Role.ASSISTANT,
          "bot", Role.ASSISTANT,
          "function", Role.TOOL);

  private MessageParser() {}

  static Message parse(JsonNode node, JsonPointer place) throws BadRow {
    if (!node.isObject()) {
      throw BadRow.at(
          place,
          "a message is " + RowText.kind(node) + ", not an object",
          "write {\"role\": \"user\", \"content\": \"...\"}");
    }
    Role role = role(node, place);
    List<ToolCall> calls = toolCalls(node.path(TOOL_CALLS), role, place.appendProperty(TOOL_CALLS));
    return new Message(role, content(node, role, !calls.isEmpty(), place), calls);
  }

  private static Role role(JsonNode message, JsonPointer place) throws BadRow {
    JsonNode name = message.path("role");
    if (!name.isTextual()) {
      throw BadRow.at(
          name.isMissingNode() ? place : place.appendProperty("role"),
          "a message's role is " + (name.isMissingNode() ? "missing" : RowText.kind(name)),
          "write one of " + ALLOWED);
    }
    Optional<Role> role = Role.ofJsonName(name.textValue());
    if (role.isEmpty()) {
      String fix =
          nearest(name.textValue()).map(r -> "did you mean " + r.jsonName() + "? ").orElse("");
      throw BadRow.at(
          place.appendProperty("role"),
          "unknown role \"" + shortened(name.textValue()) + "\"",
          fix + "The roles are " + ALLOWED);
    }
    return role.get();
  }

  private static String content(JsonNode message, Role role, boolean callsTools, JsonPointer place)
      throws BadRow {
    JsonNode content = message.path(CONTENT);
    JsonPointer here = content.isMissingNode() ? place : place.appendProperty(CONTENT);
    String text;
    if (content.isTextual()) {
      text = content.textValue();
    } else if (content.isArray()) {
      text = joined(content, here);
    } else if (callsTools && (content.isMissingNode() || content.isNull())) {
      text = "";
    } else {
      throw BadRow.at(
          here,
          "the content of the " + role.jsonName() + " message is " + RowText.kind(content),
          "write a string, or a list of {\"type\": \"text\", \"text\": \"...\"}");
    }
    if (text.isBlank() && role != Role.TOOL && !callsTools) {
      throw BadRow.at(
          here,
          "the content of the " + role.jsonName() + " message is blank",
          "write its text, or leave the message out");
    }
    return text;
  }

  private static String joined(JsonNode blocks, JsonPointer place) throws BadRow {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < blocks.size(); i++) {
      JsonNode block = blocks.path(i);
      if (!block.path("type").asText().equals("text") || !block.path("text").isTextual()) {
        throw BadRow.at(
            place.appendIndex(i),
            "a content block that is not text",
            "keep only blocks of the form {\"type\": \"text\", \"text\": \"...\"}");
      }
      text.append(block.path("text").textValue());
    }
    return text.toString();
  }

  private static List<ToolCall> toolCalls(JsonNode calls, Role role, JsonPointer place)
      throws BadRow {
    if (calls.isMissingNode() || calls.isNull()) {
      return List.of();
    }
    if (role != Role.ASSISTANT || !calls.isArray()) {
      throw BadRow.at(
          place, "tool_calls is misplaced", "give only assistant messages a list of tool_calls");
    }
    List<ToolCall> result = new ArrayList<>(calls.size());
    for (int i = 0; i < calls.size(); i++) {
      JsonNode call = calls.path(i);
      JsonNode name = call.path("function").path("name");
      JsonNode arguments = call.path("function").path("arguments");
      if (!name.isTextual() || name.textValue().isBlank()) {
        throw BadRow.at(
            place.appendIndex(i),
            "a tool call without a function name",
            "write {\"id\": \"..\", \"type\": \"function\", \"function\": {\"name\": \"..\","
                + " \"arguments\": \"{}\"}}");
      }
      result.add(
          new ToolCall(
              call.path("id").asText(),
              name.textValue(),
              arguments.isTextual() ? arguments.textValue() : arguments.toString()));
    }
    return result;
  }

  private static Optional<Role> nearest(String name) {
    String lower = name.strip().toLowerCase(Locale.ROOT);
    if (SYNONYMS.containsKey(lower)) {
      return Optional.ofNullable(SYNONYMS.get(lower));
    }
    return Arrays.stream(Role.values())
        .filter(
            role ->
                lower.contains(role.jsonName()) || NearestName.slips(lower, role.jsonName()) <= 1)
        .findFirst();
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "..";
  }
}
