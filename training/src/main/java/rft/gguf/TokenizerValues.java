package rft.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tokenizer of a Hugging Face folder as metadata of a GGUF file. */
public final class TokenizerValues {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKENIZER = "tokenizer.json";

  private final Path folder;
  private final JsonNode tokenizer;
  private final JsonNode settings;
  private final NumberedTokens tokens;

  private TokenizerValues(Path folder, int rows) throws IOException {
    this.folder = folder;
    this.tokenizer = read(folder, TOKENIZER);
    this.settings = read(folder, "tokenizer_config.json");
    if (tokenizer.isMissingNode()) {
      throw refused("is missing: without it no tokenizer can be written");
    }
    this.tokens = NumberedTokens.of(tokenizer, rows, this::refused);
  }

  /**
   * Returns the values by their keys, in the order of a file: Integer, Boolean, String, or a list
   * of Strings, Integers or Floats.
   *
   * @param folder holds {@code tokenizer.json}, and {@code tokenizer_config.json}, {@code
   *     config.json}, {@code generation_config.json} or {@code chat_template.jinja} where there are
   * @param rows of the embedding: ids without a token become fillers
   * @throws IllegalArgumentException if the tokenizer is of a kind that a GGUF file cannot name
   */
  public static Map<String, Object> of(Path folder, int rows) throws IOException {
    return new TokenizerValues(folder, rows).values();
  }

  private Map<String, Object> values() throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    JsonNode model = tokenizer.path("model");
    if (!model.path("type").asText().equals("BPE")) {
      throw refused("has a model of the type " + model.path("type") + ", and only BPE is known");
    }
    List<String> merges = merges(model.path("merges"));
    if (model.path("byte_fallback").asBoolean()) {
      values.put(GgufKeys.TOKENIZER_MODEL, SentencePieceParts.MODEL);
      values.put(GgufKeys.PRE_TOKENIZER, "default");
      values.put(GgufKeys.TOKENS, tokens.texts());
      values.put(GgufKeys.SCORES, scores(merges));
      values.put(GgufKeys.TOKEN_TYPES, tokens.kinds());
      String normalizer = tokenizer.path("normalizer").toString();
      values.put(GgufKeys.ADD_SPACE_PREFIX, normalizer.contains("\"Prepend\""));
    } else {
      values.put(GgufKeys.TOKENIZER_MODEL, ByteLevelParts.MODEL);
      values.put(GgufKeys.PRE_TOKENIZER, wordSplit());
      values.put(GgufKeys.TOKENS, tokens.texts());
      values.put(GgufKeys.TOKEN_TYPES, tokens.kinds());
      values.put(GgufKeys.MERGES, merges);
    }
    putNamed(values);
    values.put(GgufKeys.ADD_BEGIN, beginsTexts());
    String template = template();
    if (!template.isEmpty()) {
      values.put(GgufKeys.CHAT_TEMPLATE, template);
    }
    return values;
  }

  private String wordSplit() {
    return WordSplit.nameOf(tokenizer)
        .orElseThrow(
            () ->
                refused(
                    "cuts words in a way that no name in a GGUF file stands for: "
                        + tokenizer.path("pre_tokenizer")));
  }

  private static List<String> merges(JsonNode list) {
    List<String> merges = new ArrayList<>();
    for (JsonNode merge : list) {
      merges.add(
          merge.isArray() ? merge.path(0).asText() + " " + merge.path(1).asText() : merge.asText());
    }
    return merges;
  }

  /** A piece is joined the earlier, the higher its score: that of its first merge. */
  private List<Float> scores(List<String> merges) {
    Map<String, Integer> ranks = new HashMap<>();
    for (int rank = 0; rank < merges.size(); rank++) {
      ranks.putIfAbsent(merges.get(rank).replaceFirst("(?<=.) ", ""), rank);
    }
    List<Float> scores = new ArrayList<>();
    for (int id = 0; id < tokens.texts().size(); id++) {
      boolean joins = tokens.isNormal(id);
      Integer rank = ranks.get(tokens.texts().get(id));
      scores.add(joins ? -(float) (rank == null ? merges.size() : rank) : 0f);
    }
    return scores;
  }

  private void putNamed(Map<String, Object> values) throws IOException {
    JsonNode config = read(folder, "config.json");
    JsonNode generation = read(folder, "generation_config.json");
    put(values, GgufKeys.BEGIN_ID, id("bos_token", config.path("bos_token_id")));
    List<Integer> ends = new ArrayList<>();
    ends.add(id("eos_token", config.path("eos_token_id")));
    for (JsonNode ids : List.of(config.path("eos_token_id"), generation.path("eos_token_id"))) {
      (ids.isArray() ? ids : List.of(ids)).forEach(id -> ends.add(id.asInt(-1)));
    }
    List<Integer> different = ends.stream().filter(id -> id >= 0).distinct().toList();
    List<String> keys =
        List.of(GgufKeys.END_ID, GgufKeys.END_OF_TURN_ID, GgufKeys.END_OF_MESSAGE_ID);
    for (int i = 0; i < Math.min(keys.size(), different.size()); i++) {
      put(values, keys.get(i), different.get(i));
    }
    put(values, GgufKeys.UNKNOWN_ID, id("unk_token", MissingNode.getInstance()));
    put(values, GgufKeys.PADDING_ID, id("pad_token", config.path("pad_token_id")));
  }

  private void put(Map<String, Object> values, String key, int id) {
    if (id >= 0 && id < tokens.texts().size()) {
      values.put(key, id);
    }
  }

  /** Returns the id of a token that the settings name, else the one given; -1 for none. */
  private int id(String name, JsonNode otherwise) {
    JsonNode named = settings.path(name);
    String text = named.isObject() ? named.path("content").asText() : named.asText("");
    int id = named.isNull() || text.isEmpty() ? -1 : tokens.texts().indexOf(text);
    return id >= 0 ? id : (otherwise.isArray() ? otherwise.path(0) : otherwise).asInt(-1);
  }

  /** Returns whether the tokenizer puts its first token before a text. */
  private boolean beginsTexts() {
    for (JsonNode single : tokenizer.path("post_processor").findValues("single")) {
      return single.path(0).has("SpecialToken");
    }
    return settings.path("add_bos_token").asBoolean(false);
  }

  private String template() throws IOException {
    Path file = folder.resolve("chat_template.jinja");
    if (Files.isRegularFile(file)) {
      return Files.readString(file);
    }
    JsonNode template = settings.path("chat_template");
    for (JsonNode named : template) {
      if (named.path("name").asText().equals("default")) {
        return named.path("template").asText();
      }
    }
    return template.isTextual() ? template.textValue() : "";
  }

  private static JsonNode read(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.isRegularFile(file) ? JSON.readTree(file.toFile()) : MissingNode.getInstance();
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(folder.resolve(TOKENIZER) + " " + why);
  }
}
