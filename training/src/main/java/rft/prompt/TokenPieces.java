package rft.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The tokens of a {@code tokenizer.json} by id, and how each is shown. */
final class TokenPieces {
  private static final char SENTENCE_PIECE_SPACE = '\u2581';

  private final Map<Integer, String> tokens = new HashMap<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<Integer, String> added = new HashMap<>();
  private final boolean byteLevel;
  private final int size;

  /** Reads the vocabulary of a parsed {@code tokenizer.json}. */
  TokenPieces(JsonNode tokenizer) {
    JsonNode vocabulary = tokenizer.path("model").path("vocab");
    if (vocabulary.isArray()) {
      // A unigram model lists [token, score] pairs; the position is the id.
      for (int id = 0; id < vocabulary.size(); id++) {
        put(id, vocabulary.get(id).path(0).asText());
      }
    } else {
      vocabulary.properties().forEach(entry -> put(entry.getValue().asInt(), entry.getKey()));
    }
    for (JsonNode token : tokenizer.path("added_tokens")) {
      int id = token.path("id").asInt();
      put(id, token.path("content").asText());
      added.put(id, token.path("content").asText());
    }
    byteLevel = mentions(tokenizer.path("decoder"), "ByteLevel");
    size = 1 + tokens.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1);
  }

  private void put(int id, String token) {
    tokens.put(id, token);
    ids.put(token, id);
  }

  private static boolean mentions(JsonNode part, String type) {
    return part.path("type").asText().equals(type)
        || part.path("decoders").valueStream().anyMatch(each -> mentions(each, type));
  }

  /** Returns one more than the largest id. */
  int size() {
    return size;
  }

  /** Returns the id of a token spelled as in the vocabulary. */
  Optional<Integer> id(String token) {
    return Optional.ofNullable(ids.get(token));
  }

  /** Returns how a token is shown; empty if no token has this id. */
  Optional<String> show(int id) {
    String special = added.get(id);
    if (special != null) {
      return Optional.of(special);
    }
    String token = tokens.get(id);
    if (token == null) {
      return Optional.empty();
    }
    return byteLevel
        ? Optional.of(ByteAlphabet.read(token).orElse(token))
        : Optional.of(token.replace(SENTENCE_PIECE_SPACE, ' '));
  }
}
