package rft.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The tokenizer of a file whose tokens are pieces of text with scores, as those of Llama 2 and
 * TinyLlama are: a space is U+2581, and a character without a token becomes its bytes.
 *
 * <p>Pieces are joined in the order of their scores. A {@code tokenizer.json} has merges instead:
 * every way to put a piece together of two others, that of the better score first.
 *
 * @see <a
 *     href="https://github.com/huggingface/transformers/blob/main/src/transformers/convert_slow_tokenizer.py">{@code
 *     generate_merges} in transformers</a>
 */
final class SentencePieceParts {
  static final String MODEL = "llama";

  private static final String SPACE = "\u2581";

  private SentencePieceParts() {}

  /**
   * Returns the parts.
   *
   * @throws IllegalArgumentException if there are no scores, or a stored merge is of no tokens
   */
  static TokenizerParts of(Metadata metadata, Vocabulary vocabulary) {
    boolean spaceFirst = metadata.flag(GgufKeys.ADD_SPACE_PREFIX, true);
    List<String> merges =
        metadata.texts(GgufKeys.MERGES).orElseGet(() -> merges(metadata, vocabulary));
    ByteLevelParts.checkMerges(merges, vocabulary.ids(), metadata);
    ObjectNode model = TokenizerParts.bytePairs().put("fuse_unk", true).put("byte_fallback", true);
    int unknown = vocabulary.named(GgufKeys.UNKNOWN_ID).orElse(0);
    return new TokenizerParts(
        normalizer(spaceFirst),
        NullNode.getInstance(),
        decoder(spaceFirst),
        model.put("unk_token", vocabulary.token(unknown)),
        merges);
  }

  private static JsonNode normalizer(boolean spaceFirst) {
    List<ObjectNode> steps = new ArrayList<>();
    if (spaceFirst) {
      steps.add(TokenizerParts.step("Prepend").put("prepend", SPACE));
    }
    steps.add(replace(" ", SPACE));
    return TokenizerParts.sequence("normalizers", steps);
  }

  private static JsonNode decoder(boolean spaceFirst) {
    List<ObjectNode> steps = new ArrayList<>();
    steps.add(replace(SPACE, " "));
    steps.add(TokenizerParts.step("ByteFallback"));
    steps.add(TokenizerParts.step("Fuse"));
    if (spaceFirst) {
      steps.add(TokenizerParts.step("Strip").put("content", " ").put("start", 1).put("stop", 0));
    }
    return TokenizerParts.sequence("decoders", steps);
  }

  private static ObjectNode replace(String what, String by) {
    ObjectNode replace = TokenizerParts.step("Replace");
    replace.putObject("pattern").put("String", what);
    return replace.put("content", by);
  }

  private record Merge(int left, int right, double score, String text) {}

  private static List<String> merges(Metadata metadata, Vocabulary vocabulary) {
    List<Double> scores = metadata.numbers(GgufKeys.SCORES).orElse(List.of());
    if (scores.size() != vocabulary.size()) {
      throw metadata.refused(
          "has %d tokens and the scores of %d".formatted(vocabulary.size(), scores.size()));
    }
    List<Merge> merges = new ArrayList<>();
    for (int id = 0; id < vocabulary.size(); id++) {
      if (vocabulary.isNormal(id)) {
        addWays(vocabulary, id, scores.get(id), merges);
      }
    }
    merges.sort(
        Comparator.comparingDouble((Merge merge) -> -merge.score)
            .thenComparingInt(Merge::left)
            .thenComparingInt(Merge::right));
    return merges.stream().map(Merge::text).toList();
  }

  private static void addWays(Vocabulary vocabulary, int id, double score, List<Merge> merges) {
    Map<String, Integer> ids = vocabulary.ids();
    String token = vocabulary.token(id);
    for (int at = 1; at < token.length(); at++) {
      Integer left = ids.get(token.substring(0, at));
      Integer right = ids.get(token.substring(at));
      if (left != null
          && right != null
          && vocabulary.isNormal(left)
          && vocabulary.isNormal(right)) {
        String text = token.substring(0, at) + " " + token.substring(at);
        merges.add(new Merge(left, right, score, text));
      }
    }
  }
}
