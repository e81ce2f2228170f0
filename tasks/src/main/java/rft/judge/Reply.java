package rft.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rft.reward.Failure;

/**
 * What a judge replied: one JSON object, alone or in one fence, after its thoughts where it shows
 * them. Anything else is unreadable: a number that is merely found in a text may be anyone's.
 *
 * @param json the object
 * @param reason what it says of it; null if nothing
 */
record Reply(JsonNode json, @Nullable String reason) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Pattern THOUGHTS = Pattern.compile("(?s)\\A<think>.*?</think>");
  private static final Pattern FENCE =
      Pattern.compile("(?s)\\A```(?:json|JSON)?[ \\t]*\\R((?:(?!```).)*)```\\z");

  /**
   * Returns the reply that a text is.
   *
   * @throws ChatException {@code UNREADABLE} if it is none
   */
  static Reply of(String text) throws ChatException {
    String alone = THOUGHTS.matcher(text.strip()).replaceFirst("").strip();
    Matcher fence = FENCE.matcher(alone);
    JsonNode json = parsed(fence.matches() ? fence.group(1) : alone, text);
    JsonNode reason = json.path("reason");
    if (!reason.isMissingNode() && !reason.isNull() && !reason.isTextual()) {
      throw unreadable("\"reason\" is no text", text);
    }
    return new Reply(json, reason.isTextual() ? ChatJson.shortened(reason.textValue()) : null);
  }

  private static JsonNode parsed(String json, String whole) throws ChatException {
    JsonNode node;
    try {
      node = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw unreadable("it is not one JSON object alone", whole);
    }
    if (!node.isObject()) {
      throw unreadable("it is not one JSON object alone", whole);
    }
    return node;
  }

  /**
   * Returns a number of the object as a reward.
   *
   * @throws ChatException {@code UNREADABLE} if it has none, {@code OUT_OF_RANGE} if it is beyond
   *     the scale
   */
  double number(JsonNode in, String name, Scale scale) throws ChatException {
    JsonNode given = in.path(name);
    if (given.isMissingNode()) {
      throw unreadable("it lacks \"" + name + "\" where it was asked for", json.toString());
    }
    if (!given.isNumber()) {
      throw unreadable("\"" + name + "\" is no number", json.toString());
    }
    double value = given.doubleValue();
    if (!scale.has(value)) {
      throw new ChatException(
          Failure.Kind.OUT_OF_RANGE,
          "the judge gave " + name + " " + given.asText() + ", which is not " + scale.words());
    }
    return scale.reward(value);
  }

  static ChatException unreadable(String why, String text) {
    return new ChatException(
        Failure.Kind.UNREADABLE, "the judge's reply cannot be read, " + why + ": " + start(text));
  }

  private static String start(String text) {
    String line = ChatJson.shortened(text);
    return line.length() <= 120 ? line : line.substring(0, 120) + "..";
  }
}
