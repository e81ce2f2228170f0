package rft.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The tokens of a {@code tokenizer.json} by id, and how each is shown. */
final class TokenPieces {
  private static final char SENTENCE_PIECE_SPACE = '\u2581';
  private static final Pattern SINGLE_BYTE = Pattern.compile("<0x[0-9A-F]{2}>");

  private final Map<Integer, String> tokens = new HashMap<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<Integer, String> added = new HashMap<>();
  private final Set<Integer> special = new HashSet<>();
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
      if (token.path("special").asBoolean()) {
        special.add(id);
      }
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

  /** Returns a token as the vocabulary spells it; empty if no token has this id. */
  Optional<String> token(int id) {
    return Optional.ofNullable(tokens.get(id));
  }

  /** Returns whether a token stands for no text. */
  boolean isSpecial(int id) {
    return special.contains(id);
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

  /** Returns what a token adds to a text as UTF-8; empty if no token has this id. */
  Optional<byte[]> bytes(int id) {
    String token = tokens.get(id);
    if (token == null) {
      return Optional.empty();
    }
    if (added.containsKey(id)) {
      return Optional.of(utf8(token));
    }
    if (byteLevel) {
      return ByteAlphabet.bytes(token).or(() -> Optional.of(utf8(token)));
    }
    return SINGLE_BYTE.matcher(token).matches()
        ? Optional.of(new byte[] {(byte) Integer.parseInt(token.substring(3, 5), 16)})
        : Optional.of(utf8(token.replace(SENTENCE_PIECE_SPACE, ' ')));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
