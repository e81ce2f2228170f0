package rft.playground;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Counts the tokens of an answer that passes by. Of a whole answer its usage says so; of a stream
 * the usage if it was asked for, else its pieces, of which each is one token.
 */
final class TokenCount {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_LINE = 1 << 20;
  private static final String DATA = "data:";

  private final boolean stream;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long pieces;
  private long usage = -1;

  TokenCount(boolean stream) {
    this.stream = stream;
  }

  void pass(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (stream && bytes[i] == '\n') {
        end();
      } else if (line.size() < MOST_LINE) {
        line.write(bytes[i]);
      }
    }
  }

  private void end() {
    String text = line.toString(StandardCharsets.UTF_8).strip();
    line.reset();
    String data = stream && text.startsWith(DATA) ? text.substring(DATA.length()).strip() : text;
    if (!data.startsWith("{")) {
      return;
    }
    try {
      JsonNode json = JSON.readTree(data);
      JsonNode told = json.path("usage").path("completion_tokens");
      usage = told.isNumber() ? told.longValue() : usage;
      for (JsonNode choice : json.path("choices")) {
        boolean some =
            !choice.path("delta").path("content").asText("").isEmpty()
                || !choice.path("text").asText("").isEmpty();
        pieces += some ? 1 : 0;
      }
    } catch (JsonProcessingException e) {
      // What is cut or no JSON has no tokens to count.
      return;
    }
  }

  /** Returns the tokens; called once, at the end. */
  long tokens() {
    end();
    return usage >= 0 ? usage : stream ? pieces : 0;
  }
}
