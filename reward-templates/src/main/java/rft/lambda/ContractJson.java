package rft.lambda;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import rft.reward.Failure;

/** The JSON of events and replies. */
final class ContractJson {
  /** {@code NaN} is read, since Python writes it, so that it can be named and refused. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final ObjectReader VALUE =
      JSON.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private ContractJson() {}

  /**
   * Returns what a text holds.
   *
   * @param what what the text is, to begin a sentence with
   */
  static JsonNode read(String what, String text) throws LambdaException {
    try {
      JsonNode node = JSON.readTree(text);
      if (node.isMissingNode()) {
        throw new LambdaException(Failure.Kind.UNREADABLE, what + " is empty, not JSON");
      }
      return node;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw new LambdaException(
          Failure.Kind.UNREADABLE,
          what
              + " is not JSON"
              + (at == null ? "" : ", column " + at.getColumnNr())
              + ": "
              + shortened(text));
    }
  }

  /** Returns a parser of values that stand one after the other. */
  static JsonParser values(InputStream stream) throws IOException {
    return JSON.createParser(stream);
  }

  /** Returns the next value, read no further than its end; missing after the last. */
  static JsonNode next(JsonParser values) throws IOException {
    return values.nextToken() == null ? MissingNode.getInstance() : VALUE.readValue(values);
  }

  static String write(JsonNode node) {
    return node.toString();
  }

  /** Returns what a value is called in a sentence, for example {@code a string}. */
  static String kind(JsonNode node) {
    String type = node.getNodeType().name().toLowerCase(Locale.ROOT);
    return switch (node.getNodeType()) {
      case ARRAY, OBJECT -> "an " + type;
      case NULL, MISSING -> type;
      default -> "a " + type;
    };
  }

  static String shortened(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= 120 ? line : line.substring(0, 120) + "..";
  }
}
