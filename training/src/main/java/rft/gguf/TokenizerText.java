package rft.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Writes the tokenizer of a file as the files of a Hugging Face folder have it. */
final class TokenizerText {
  private final Metadata metadata;
  private final Vocabulary vocabulary;
  private final boolean sentencePieces;

  /**
   * Reads the tokenizer.
   *
   * @throws IllegalArgumentException if its kind is not known, naming it
   */
  TokenizerText(Metadata metadata) {
    this.metadata = metadata;
    String model = metadata.requireText(GgufKeys.TOKENIZER_MODEL);
    if (!List.of(ByteLevelParts.MODEL, SentencePieceParts.MODEL).contains(model)) {
      throw metadata.refused(
          "has a tokenizer of the kind "
              + Refusal.shown(model)
              + "; known are "
              + ByteLevelParts.MODEL
              + " and "
              + SentencePieceParts.MODEL);
    }
    this.sentencePieces = model.equals(SentencePieceParts.MODEL);
    this.vocabulary = new Vocabulary(metadata);
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  /** Returns {@code tokenizer.json}. */
  ObjectNode tokenizer() {
    TokenizerParts parts =
        sentencePieces
            ? SentencePieceParts.of(metadata, vocabulary)
            : ByteLevelParts.of(metadata, vocabulary);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", "1.0").putNull("truncation").putNull("padding");
    ArrayNode added = json.putArray("added_tokens");
    for (int id : vocabulary.added()) {
      added
          .addObject()
          .put("id", id)
          .put("content", vocabulary.token(id))
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", vocabulary.isSpecial(id));
    }
    json.set("normalizer", parts.normalizer());
    json.set("pre_tokenizer", parts.preTokenizer());
    json.set("post_processor", postProcessor());
    json.set("decoder", parts.decoder());
    ObjectNode model = json.putObject("model").setAll(parts.model());
    ObjectNode tokens = model.putObject("vocab");
    for (int id = 0; id < vocabulary.size(); id++) {
      if (!vocabulary.isFiller(id)) {
        tokens.put(vocabulary.token(id), id);
      }
    }
    ArrayNode merges = model.putArray("merges");
    parts.merges().forEach(merges::add);
    return json;
  }

  /** Returns what puts the first and the last token around a text, where a caller asks for it. */
  private JsonNode postProcessor() {
    ObjectNode processor = TokenizerParts.step("TemplateProcessing");
    ObjectNode special = JsonNodeFactory.instance.objectNode();
    surround(processor.putArray("single"), "A", 0, special);
    ArrayNode pair = processor.putArray("pair");
    surround(pair, "A", 0, special);
    surround(pair, "B", 1, special);
    processor.set("special_tokens", special);
    return special.isEmpty() ? JsonNodeFactory.instance.nullNode() : processor;
  }

  private void surround(ArrayNode form, String text, int typeId, ObjectNode special) {
    if (metadata.flag(GgufKeys.ADD_BEGIN, sentencePieces)) {
      special(GgufKeys.BEGIN_ID, typeId, form, special);
    }
    form.addObject().putObject("Sequence").put("id", text).put("type_id", typeId);
    if (metadata.flag(GgufKeys.ADD_END, false)) {
      special(GgufKeys.END_ID, typeId, form, special);
    }
  }

  private void special(String key, int typeId, ArrayNode form, ObjectNode special) {
    vocabulary
        .named(key)
        .ifPresent(
            id -> {
              String token = vocabulary.token(id);
              form.addObject().putObject("SpecialToken").put("id", token).put("type_id", typeId);
              ObjectNode entry = special.putObject(token).put("id", token);
              entry.putArray("ids").add(id);
              entry.putArray("tokens").add(token);
            });
  }

  /** Returns {@code tokenizer_config.json}. */
  ObjectNode config(int contextTokens) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("add_bos_token", metadata.flag(GgufKeys.ADD_BEGIN, sentencePieces));
    json.put("add_eos_token", metadata.flag(GgufKeys.ADD_END, false));
    put(json, "bos_token", GgufKeys.BEGIN_ID);
    put(json, "eos_token", GgufKeys.END_ID);
    put(json, "unk_token", GgufKeys.UNKNOWN_ID);
    put(json, "pad_token", GgufKeys.PADDING_ID);
    metadata
        .text(GgufKeys.CHAT_TEMPLATE)
        .ifPresent(template -> json.put("chat_template", template));
    return json.put("clean_up_tokenization_spaces", false)
        .put("model_max_length", contextTokens)
        .put("tokenizer_class", "PreTrainedTokenizerFast");
  }

  private void put(ObjectNode json, String name, String key) {
    vocabulary.named(key).ifPresent(id -> json.put(name, vocabulary.token(id)));
  }

  /** Returns {@code generation_config.json}: the tokens that begin and end an answer. */
  ObjectNode generation() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    vocabulary.named(GgufKeys.BEGIN_ID).ifPresent(id -> json.put("bos_token_id", id));
    Set<Integer> ends = new TreeSet<>();
    for (String key :
        List.of(GgufKeys.END_ID, GgufKeys.END_OF_TURN_ID, GgufKeys.END_OF_MESSAGE_ID)) {
      vocabulary.named(key).ifPresent(ends::add);
    }
    if (ends.size() == 1) {
      ends.forEach(id -> json.put("eos_token_id", id));
    } else {
      ends.forEach(json.putArray("eos_token_id")::add);
    }
    vocabulary.named(GgufKeys.PADDING_ID).ifPresent(id -> json.put("pad_token_id", id));
    return json;
  }
}
