package rft.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the tokens that end a model's answer. */
final class EndTokens {
  private final ModelFolder folder;
  private final TokenPieces pieces;

  EndTokens(ModelFolder folder, TokenPieces pieces) {
    this.folder = folder;
    this.pieces = pieces;
  }

  /**
   * Returns every end token that {@code generation_config.json}, {@code config.json} and {@code
   * tokenizer_config.json} name: a chat model may end with any of them.
   *
   * @throws IllegalArgumentException if an end token is not in the vocabulary
   */
  Set<Integer> find() {
    Set<Integer> ends = new TreeSet<>();
    addIds(ends, ModelFolder.GENERATION_CONFIG);
    addIds(ends, ModelFolder.CONFIG);
    own().ifPresent(ends::add);
    return Collections.unmodifiableSet(ends);
  }

  /** Returns the end token that {@code tokenizer_config.json} names: a chat model's own. */
  Optional<Integer> own() {
    String token = SpecialTokens.of(folder).get("eos_token");
    if (token == null) {
      return Optional.empty();
    }
    Optional<Integer> id = pieces.id(token);
    if (id.isEmpty()) {
      throw folder.damaged(
          ModelFolder.TOKENIZER_CONFIG, "its eos_token " + token + " is not in the vocabulary");
    }
    return id;
  }

  private void addIds(Set<Integer> ends, String file) {
    JsonNode ids = folder.json(file).path("eos_token_id");
    if (ids.isArray()) {
      ids.forEach(id -> ends.add(checked(id, file)));
    } else if (!ids.isMissingNode() && !ids.isNull()) {
      ends.add(checked(ids, file));
    }
  }

  private int checked(JsonNode id, String file) {
    if (!id.isInt() || pieces.show(id.intValue()).isEmpty()) {
      throw folder.damaged(file, "its eos_token_id " + id + " is not in the vocabulary");
    }
    return id.intValue();
  }
}
