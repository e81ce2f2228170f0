package rft.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import rft.dataset.Message;
import rft.dataset.Role;
import rft.dataset.ToolCall;

/**
 * The request of a call in the shape of its provider, known by its fields: {@code messages}
 * (Converse, Anthropic, Nova, OpenAI, Mistral), {@code prompt} (Llama, Mistral, Anthropic's text
 * completions), {@code inputText} (Titan), {@code message} (Cohere).
 */
final class PromptBody {
  private PromptBody() {}

  /**
   * Returns the conversation, the begun answer of the assistant last if there is one.
   *
   * @throws OmittedException if it is of no known shape or not all text
   */
  static List<Message> messages(JsonNode body) throws OmittedException {
    if (body.path("messages").isArray()) {
      List<Message> messages = new ArrayList<>();
      addSystem(messages, ContentBlocks.of(body.path("system")).text());
      for (JsonNode message : body.path("messages")) {
        addMessage(messages, message);
      }
      return oneSystem(messages);
    }
    if (body.path("prompt").isTextual()) {
      return ChatMarkup.messages(body.path("prompt").textValue(), body.has("max_tokens_to_sample"));
    }
    if (body.path("inputText").isTextual()) {
      return List.of(Message.user(body.path("inputText").textValue()));
    }
    if (body.path("message").isTextual()) {
      return cohere(body);
    }
    throw new OmittedException(Omission.UNKNOWN_BODY, fields(body));
  }

  private static String fields(JsonNode body) {
    List<String> names = new ArrayList<>();
    body.fieldNames().forEachRemaining(names::add);
    return names.isEmpty()
        ? "no JSON object with fields"
        : names.stream().limit(6).collect(Collectors.joining(", ", "with ", ""));
  }

  private static void addMessage(List<Message> messages, JsonNode message) throws OmittedException {
    String name = message.path("role").asText();
    Role role =
        role(name).orElseThrow(() -> new OmittedException(Omission.UNKNOWN_BODY, "role " + name));
    ContentBlocks content = ContentBlocks.of(message.path("content"));
    List<ToolCall> calls = new ArrayList<>(content.calls());
    for (JsonNode call : message.path("tool_calls")) {
      JsonNode function = call.path("function");
      calls.add(
          new ToolCall(
              call.path("id").asText(),
              function.path("name").asText(),
              function.path("arguments").asText()));
    }
    messages.addAll(content.toolResults());
    boolean onlyResults = content.text().isBlank() && !content.toolResults().isEmpty();
    if (!onlyResults) {
      messages.add(new Message(role, content.text(), calls));
    }
  }

  private static Optional<Role> role(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "developer" -> Optional.of(Role.SYSTEM);
      case "chatbot" -> Optional.of(Role.ASSISTANT);
      default -> Role.ofJsonName(name.toLowerCase(Locale.ROOT));
    };
  }

  private static List<Message> cohere(JsonNode body) throws OmittedException {
    List<Message> messages = new ArrayList<>();
    addSystem(messages, body.path("preamble").asText());
    for (JsonNode turn : body.path("chat_history")) {
      String name = turn.path("role").asText();
      Role role =
          role(name).orElseThrow(() -> new OmittedException(Omission.UNKNOWN_BODY, "role " + name));
      messages.add(new Message(role, turn.path("message").asText()));
    }
    messages.add(Message.user(body.path("message").textValue()));
    return oneSystem(messages);
  }

  private static void addSystem(List<Message> messages, String text) {
    if (!text.isBlank()) {
      messages.add(Message.system(text));
    }
  }

  /** Returns the messages with the system messages at their start made one. */
  private static List<Message> oneSystem(List<Message> messages) {
    List<Message> first = messages.stream().takeWhile(m -> m.role() == Role.SYSTEM).toList();
    if (first.size() < 2) {
      return messages;
    }
    String joined = first.stream().map(Message::content).collect(Collectors.joining("\n\n"));
    return Stream.concat(Stream.of(Message.system(joined)), messages.stream().skip(first.size()))
        .toList();
  }
}
