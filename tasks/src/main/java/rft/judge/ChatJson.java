package rft.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rft.dataset.Message;
import rft.dataset.ToolCall;
import rft.reward.Failure;

/** Requests and answers of the chat-completions protocol as JSON. */
final class ChatJson {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST_MESSAGE = 300;

  private ChatJson() {}

  /** Returns the body of a request; equal requests give equal bytes. */
  static byte[] request(String model, ChatRequest request) {
    ObjectNode body = JSON.createObjectNode().put("model", model);
    ArrayNode messages = body.putArray("messages");
    request.messages().forEach(message -> messages.add(message(message)));
    for (Map.Entry<String, JsonNode> field : new TreeMap<>(request.parameters()).entrySet()) {
      body.set(field.getKey(), field.getValue());
    }
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a request cannot be written as JSON", e);
    }
  }

  private static ObjectNode message(Message message) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("role", message.role().jsonName())
            .put("content", message.content());
    for (ToolCall call : message.toolCalls()) {
      ObjectNode one = node.withArray("/tool_calls").addObject();
      one.put("id", call.id()).put("type", "function");
      one.putObject("function").put("name", call.name()).put("arguments", call.arguments());
    }
    return node;
  }

  /** Returns an answer's JSON; a missing node if it is none. */
  static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /** Returns what an answer counts, with its price; nothing where it does not say. */
  static ChatReply.Usage usage(JsonNode answer, Prices prices) {
    JsonNode usage = answer.path("usage");
    int prompt = count(usage.path("prompt_tokens"));
    int cached = count(usage.path("prompt_tokens_details").path("cached_tokens"));
    return prices.usage(prompt, count(usage.path("completion_tokens")), Math.min(prompt, cached));
  }

  private static int count(JsonNode node) {
    return Math.max(0, node.asInt());
  }

  /**
   * Returns the answer.
   *
   * @throws ChatException if it is none, is a refusal, or was cut off
   */
  static ChatReply reply(JsonNode answer, String model, ChatReply.Usage usage)
      throws ChatException {
    JsonNode choice = answer.path("choices").path(0);
    JsonNode message = choice.path("message");
    String finish = choice.path("finish_reason").asText("stop");
    if (message.path("refusal").isTextual() && !message.path("refusal").textValue().isBlank()) {
      throw new ChatException(
          Failure.Kind.REFUSED, model + " refused: " + shortened(message.path("refusal").asText()));
    }
    if (finish.equals("content_filter")) {
      throw new ChatException(
          Failure.Kind.REFUSED, "the endpoint's content filter stopped the answer of " + model);
    }
    if (finish.equals("length")) {
      throw new ChatException(
          Failure.Kind.TRUNCATED,
          "the answer of "
              + model
              + " was cut off after "
              + usage.completionTokens()
              + " tokens: allow it more (max_completion_tokens)");
    }
    String text = text(message.path("content"));
    if (text.isBlank()) {
      throw new ChatException(
          Failure.Kind.UNREADABLE,
          "the answer of " + model + " holds no text at choices[0].message.content");
    }
    return new ChatReply(text, finish, answer.path("model").asText(model), usage);
  }

  /** Returns a content's text: a string, or the text of its blocks. */
  private static String text(JsonNode content) {
    if (content.isTextual()) {
      return content.textValue();
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode block : content) {
      text.append(block.path("text").asText(""));
    }
    return text.toString();
  }

  /** Returns an error's own words, or how the body begins. */
  static String errorText(JsonNode answer, byte[] body) {
    JsonNode error = answer.isArray() ? answer.path(0).path("error") : answer.path("error");
    for (JsonNode place :
        List.of(error.path("message"), error, answer.path("message"), answer.path("detail"))) {
      if (place.isTextual()) {
        return shortened(place.textValue());
      }
    }
    int most = Math.min(body.length, 4 * LONGEST_MESSAGE);
    return shortened(new String(body, 0, most, StandardCharsets.UTF_8));
  }

  /** Returns an error's code and type, for example {@code insufficient_quota}. */
  static String errorCode(JsonNode answer) {
    JsonNode error = answer.path("error");
    return error.path("code").asText("") + " " + error.path("type").asText("");
  }

  /** Returns a foreign text as one short line without control characters. */
  static String shortened(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "..";
  }
}
