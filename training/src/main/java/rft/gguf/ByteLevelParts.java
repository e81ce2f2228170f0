package rft.gguf;

import java.util.List;
import java.util.Map;

/** The tokenizer of a file whose tokens are spelled byte by byte, as those of GPT-2 are. */
final class ByteLevelParts {
  static final String MODEL = "gpt2";

  private ByteLevelParts() {}

  /**
   * Returns the parts.
   *
   * @throws IllegalArgumentException if the way of cutting words is not known, or a merge is of no
   *     tokens
   */
  static TokenizerParts of(Metadata metadata, Vocabulary vocabulary) {
    WordSplit split = WordSplit.of(metadata);
    List<String> merges = metadata.texts(GgufKeys.MERGES).orElse(List.of());
    checkMerges(merges, vocabulary.ids(), metadata);
    return new TokenizerParts(
        split.normalizer(),
        split.preTokenizer(),
        WordSplit.byteLevel(true),
        TokenizerParts.bytePairs().put("ignore_merges", split.keepsWholeWords()),
        merges);
  }

  static void checkMerges(List<String> merges, Map<String, Integer> ids, Metadata metadata) {
    if (merges.isEmpty()) {
      throw metadata.refused("has no " + GgufKeys.MERGES + ", without which no text can be read");
    }
    for (String merge : merges) {
      int space = merge.indexOf(' ', 1);
      boolean sound =
          space > 0
              && ids.containsKey(merge.substring(0, space))
              && ids.containsKey(merge.substring(space + 1))
              && ids.containsKey(merge.substring(0, space) + merge.substring(space + 1));
      if (!sound) {
        throw metadata.refused(
            "merges what are no tokens: \"" + Refusal.shown(merge) + "\" in " + GgufKeys.MERGES);
      }
    }
  }
}
