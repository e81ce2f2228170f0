package rft.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import rft.dataset.Message;
import rft.dataset.Role;
import rft.dataset.ToolCall;
import rft.reward.Failure;

/** Reads the conversation of an event's element. */
final class EventMessages {
  private EventMessages() {}

  static List<Message> read(JsonNode messages, String where) throws LambdaException {
    if (!messages.isArray() || messages.isEmpty()) {
      throw unreadable(where + " has no \"messages\": add the prompt and the response");
    }
    List<Message> result = new ArrayList<>(messages.size());
    for (int i = 0; i < messages.size(); i++) {
      result.add(message(messages.get(i), "message " + (i + 1) + " of " + where));
    }
    return result;
  }

  private static Message message(JsonNode node, String where) throws LambdaException {
    String name = node.path("role").asText();
    Role role =
        switch (name.toLowerCase(Locale.ROOT)) {
          case "system", "developer" -> Role.SYSTEM;
          case "user" -> Role.USER;
          case "assistant", "nova_assistant" -> Role.ASSISTANT;
          case "tool" -> Role.TOOL;
          default ->
              throw unreadable(
                  where
                      + " has the role \""
                      + ContractJson.shortened(name)
                      + "\": use system, user, assistant or tool");
        };
    return new Message(role, content(node.path("content"), where), calls(node.path("tool_calls")));
  }

  /** Returns the text of a content: itself, or its blocks joined. */
  private static String content(JsonNode content, String where) throws LambdaException {
    if (content.isTextual()) {
      return content.textValue();
    }
    if (content.isMissingNode() || content.isNull()) {
      return "";
    }
    if (!content.isArray()) {
      throw unreadable(where + " has as content " + ContractJson.kind(content) + ", not text");
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode block : content) {
      JsonNode part = block.isTextual() ? block : block.path("text");
      if (!part.isTextual() || !block.path("type").asText("text").equals("text")) {
        throw unreadable(
            where + " has a content block that is not {\"type\": \"text\", \"text\": \"..\"}");
      }
      text.append(part.textValue());
    }
    return text.toString();
  }

  private static List<ToolCall> calls(JsonNode calls) {
    List<ToolCall> result = new ArrayList<>(calls.size());
    for (JsonNode call : calls) {
      JsonNode arguments = call.path("function").path("arguments");
      result.add(
          new ToolCall(
              call.path("id").asText(),
              call.path("function").path("name").asText(),
              arguments.isTextual() ? arguments.textValue() : arguments.toString()));
    }
    return result;
  }

  private static LambdaException unreadable(String message) {
    return new LambdaException(Failure.Kind.UNREADABLE, message);
  }
}
