package rft.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rft.dataset.Message;

/**
 * What a model is asked.
 *
 * @param messages the conversation; not empty
 * @param parameters further fields of the request's body, for example {@code temperature}, {@code
 *     seed}, {@code max_completion_tokens}, {@code response_format}
 */
public record ChatRequest(List<Message> messages, Map<String, JsonNode> parameters) {
  public ChatRequest {
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("a request needs at least one message");
    }
    messages = List.copyOf(messages);
    parameters = Map.copyOf(new LinkedHashMap<>(parameters));
  }
}
