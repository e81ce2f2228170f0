package rft.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The tokens of a {@code tokenizer.json} by id, with the numbers that GGUF has for their kinds.
 *
 * @param texts one for each row of the embedding
 * @param kinds as many
 */
record NumberedTokens(List<String> texts, List<Integer> kinds) {
  private static final int NORMAL = 1;
  private static final int UNKNOWN = 2;
  private static final int CONTROL = 3;
  private static final int USER_DEFINED = 4;
  private static final int UNUSED = 5;
  private static final int BYTE = 6;

  static NumberedTokens of(
      JsonNode tokenizer, int rows, Function<String, IllegalArgumentException> refused) {
    List<String> texts = new ArrayList<>();
    for (int id = 0; id < rows; id++) {
      texts.add("[PAD" + id + "]");
    }
    List<Integer> kinds = new ArrayList<>(Collections.nCopies(rows, UNUSED));
    JsonNode model = tokenizer.path("model");
    boolean hasBytes = model.path("byte_fallback").asBoolean();
    String unknown = model.path("unk_token").asText("");
    for (Map.Entry<String, JsonNode> token : model.path("vocab").properties()) {
      int id = checked(token.getValue(), token.getKey(), rows, refused);
      texts.set(id, token.getKey());
      boolean isByte = hasBytes && token.getKey().matches("<0x[0-9A-F]{2}>");
      kinds.set(id, isByte ? BYTE : token.getKey().equals(unknown) ? UNKNOWN : NORMAL);
    }
    for (JsonNode added : tokenizer.path("added_tokens")) {
      String text = added.path("content").asText();
      int id = checked(added.path("id"), text, rows, refused);
      texts.set(id, text);
      boolean isUnknown = kinds.get(id) == UNKNOWN;
      kinds.set(
          id, isUnknown ? UNKNOWN : added.path("special").asBoolean() ? CONTROL : USER_DEFINED);
    }
    return new NumberedTokens(List.copyOf(texts), List.copyOf(kinds));
  }

  private static int checked(
      JsonNode id, String text, int rows, Function<String, IllegalArgumentException> refused) {
    int number = id.asInt(-1);
    if (number < 0 || number >= rows) {
      throw refused.apply(
          "gives the token %s the id %s, and the embedding has %d rows"
              .formatted(Refusal.shown(text), id, rows));
    }
    return number;
  }

  boolean isNormal(int id) {
    return kinds.get(id) == NORMAL;
  }
}
