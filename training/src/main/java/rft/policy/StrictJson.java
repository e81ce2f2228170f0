package rft.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** JSON of unknown origin: one object, no key twice, nothing behind it, nesting bounded. */
final class StrictJson {
  private static final String DUPLICATE = "Duplicate field ";

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(32).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /**
   * Returns the object that the bytes are.
   *
   * @param subject what the bytes are, the beginning of a message
   * @throws IllegalArgumentException if they are no such object, naming the subject and the place
   */
  static ObjectNode object(byte[] bytes, String subject) {
    try {
      if (JSON.readTree(bytes) instanceof ObjectNode object) {
        return object;
      }
      throw new IllegalArgumentException(subject + " is no JSON object");
    } catch (JsonProcessingException e) {
      String reason = e.getOriginalMessage();
      if (reason.startsWith(DUPLICATE)) {
        String key = ConfigFile.shown(reason.substring(DUPLICATE.length()));
        throw new IllegalArgumentException(subject + " names " + key + " twice", e);
      }
      throw new IllegalArgumentException(
          subject + " is not valid JSON" + place(e.getLocation()), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(subject + " is not valid UTF-8 text", e);
    }
  }

  private static String place(JsonLocation location) {
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
