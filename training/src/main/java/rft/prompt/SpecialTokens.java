package rft.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** Reads which special token plays which part. */
final class SpecialTokens {
  private SpecialTokens() {}

  /**
   * Returns the special tokens that a template may name ({@code bos_token}, {@code eos_token} ..)
   * with their spelling; a part that no token plays is absent.
   */
  static Map<String, String> of(ModelFolder folder) {
    Map<String, String> tokens = new TreeMap<>();
    collect(folder.json(ModelFolder.SPECIAL_TOKENS), tokens);
    collect(folder.json(ModelFolder.TOKENIZER_CONFIG), tokens);
    return tokens;
  }

  private static void collect(JsonNode file, Map<String, String> tokens) {
    for (Map.Entry<String, JsonNode> entry : file.properties()) {
      // A token is its spelling or an object that holds it.
      JsonNode value = entry.getValue();
      JsonNode spelling = value.isObject() ? value.path("content") : value;
      if (entry.getKey().endsWith("_token") && spelling.isTextual()) {
        tokens.put(entry.getKey(), spelling.textValue());
      }
    }
  }
}
