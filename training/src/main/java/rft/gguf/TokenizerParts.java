package rft.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What differs between kinds of tokenizers in a {@code tokenizer.json}.
 *
 * @param normalizer what is done to a text first; a null node for nothing
 * @param preTokenizer how a text is cut before merging; a null node for not at all
 * @param decoder how tokens become text
 * @param model settings of the model, without its vocabulary and merges
 * @param merges pairs with a space between them, the first to apply first
 */
record TokenizerParts(
    JsonNode normalizer,
    JsonNode preTokenizer,
    JsonNode decoder,
    ObjectNode model,
    List<String> merges) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  TokenizerParts {
    merges = List.copyOf(merges);
  }

  /** Returns settings of a model of byte pairs. */
  static ObjectNode bytePairs() {
    return NODES
        .objectNode()
        .put("type", "BPE")
        .putNull("dropout")
        .putNull("unk_token")
        .putNull("continuing_subword_prefix")
        .putNull("end_of_word_suffix")
        .put("fuse_unk", false)
        .put("byte_fallback", false)
        .put("ignore_merges", false);
  }

  /** Returns a step of a type. */
  static ObjectNode step(String type) {
    return NODES.objectNode().put("type", type);
  }

  /** Returns several steps as one. */
  static ObjectNode sequence(String name, List<ObjectNode> steps) {
    ObjectNode sequence = step("Sequence");
    ArrayNode array = sequence.putArray(name);
    steps.forEach(array::add);
    return sequence;
  }
}
