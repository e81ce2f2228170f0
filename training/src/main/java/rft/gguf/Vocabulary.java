package rft.gguf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The tokens of a file by id. Fillers, which some converters add until there are as many tokens as
 * the embedding has rows, are left out: the folder that the file was made from has none.
 */
final class Vocabulary {
  // The numbers of the kinds of tokens in a file.
  private static final long NORMAL = 1;
  private static final long UNKNOWN = 2;
  private static final long CONTROL = 3;
  private static final long USER_DEFINED = 4;
  private static final long UNUSED = 5;

  private final Metadata metadata;
  private final List<String> tokens;
  private final List<Long> kinds;
  private final Map<String, Integer> ids = new HashMap<>();

  /**
   * Reads the tokens.
   *
   * @throws IllegalArgumentException if there are none, one stands twice, or the kinds are not as
   *     many
   */
  Vocabulary(Metadata metadata) {
    this.metadata = metadata;
    this.tokens = metadata.texts(GgufKeys.TOKENS).orElse(List.of());
    if (tokens.isEmpty()) {
      throw metadata.refused("has no tokens: it holds no tokenizer");
    }
    this.kinds =
        metadata
            .integers(GgufKeys.TOKEN_TYPES)
            .orElseGet(() -> tokens.stream().map(token -> NORMAL).toList());
    if (kinds.size() != tokens.size()) {
      throw metadata.refused(
          "has " + tokens.size() + " tokens and the kinds of " + kinds.size() + " tokens");
    }
    for (int id = 0; id < tokens.size(); id++) {
      if (!isFiller(id)) {
        Integer other = ids.put(tokens.get(id), id);
        if (other != null) {
          throw metadata.refused(
              "has the token %s twice, as %d and as %d"
                  .formatted(Refusal.shown(tokens.get(id)), other, id));
        }
      }
    }
  }

  /** Returns the number of ids, fillers among them. */
  int size() {
    return tokens.size();
  }

  String token(int id) {
    return tokens.get(id);
  }

  Map<String, Integer> ids() {
    return ids;
  }

  boolean isFiller(int id) {
    return (kinds.get(id) == UNUSED || kinds.get(id) == USER_DEFINED)
        && tokens.get(id).equals("[PAD" + id + "]");
  }

  /** Returns whether a token stands for no text. */
  boolean isSpecial(int id) {
    return kinds.get(id) == CONTROL || kinds.get(id) == UNKNOWN;
  }

  /** Returns whether a token is made by merging others. */
  boolean isNormal(int id) {
    return kinds.get(id) == NORMAL;
  }

  /** Returns the tokens that are cut out of a text before all else. */
  List<Integer> added() {
    return IntStream.range(0, size())
        .filter(id -> isSpecial(id) || (kinds.get(id) == USER_DEFINED && !isFiller(id)))
        .boxed()
        .toList();
  }

  /**
   * Returns the id that a key names.
   *
   * @throws IllegalArgumentException if no token has it
   */
  Optional<Integer> named(String key) {
    Optional<Integer> id = metadata.integer(key);
    id.ifPresent(
        number -> {
          if (number >= size() || isFiller(number)) {
            throw metadata.refused(
                "names the token " + number + " by " + key + ", which it does not have");
          }
        });
    return id;
  }
}
