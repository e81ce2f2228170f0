package rft.playground;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import rft.dataset.Message;

/**
 * What a model is asked, and how the answers are drawn.
 *
 * @param model its id at the process that serves it
 * @param messages the conversation so far
 * @param draw how the answers are drawn
 */
record ModelQuestion(String model, List<Message> messages, Draw draw) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * How answers are drawn.
   *
   * @param n answers, 1 to 16
   * @param seed of the draws: the same question with the same seed has the same answers
   * @param temperature 0 to 2; 0 takes the likeliest token
   * @param topP share of the probability that tokens are drawn from, above 0 and at most 1
   * @param maxTokens of an answer, 1 to 8192
   */
  record Draw(int n, long seed, double temperature, double topP, int maxTokens) {
    Draw {
      require(n >= 1 && n <= 16, "n (" + n + ") must be between 1 and 16");
      require(
          temperature >= 0 && temperature <= 2,
          "temperature (" + temperature + ") must be between 0 and 2");
      require(topP > 0 && topP <= 1, "topP (" + topP + ") must be above 0 and at most 1");
      require(
          maxTokens >= 1 && maxTokens <= 8192,
          "maxTokens (" + maxTokens + ") must be between 1 and 8192");
    }

    private static void require(boolean met, String otherwise) {
      if (!met) {
        throw new IllegalArgumentException(otherwise);
      }
    }

    /** Returns the same for another place in a series of questions. */
    Draw at(int place) {
      return new Draw(n, seed + place, temperature, topP, maxTokens);
    }
  }

  ModelQuestion {
    messages = List.copyOf(messages);
  }

  /** Returns it as the body of a request for a stream. */
  String body() {
    ObjectNode body = JSON.createObjectNode().put("model", model);
    ArrayNode all = body.putArray("messages");
    messages.forEach(
        message ->
            all.addObject()
                .put("role", message.role().jsonName())
                .put("content", message.content()));
    return body.put("n", draw.n())
        .put("seed", draw.seed())
        .put("temperature", draw.temperature())
        .put("top_p", draw.topP())
        .put("max_tokens", draw.maxTokens())
        .put("logprobs", true)
        .put("stream", true)
        .toString();
  }
}
