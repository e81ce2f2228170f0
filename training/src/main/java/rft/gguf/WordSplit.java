package rft.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a byte-level tokenizer cuts a text into words, by the names that llama.cpp gives: each stands
 * for what the {@code tokenizer.json} of the models of that name has.
 */
enum WordSplit {
  /** Words, numbers and signs, each with the space before it. */
  GPT2(List.of("gpt-2"), List.of()),
  /** The same, after every digit was cut off. */
  SMOLLM(List.of("smollm", "starcoder", "refact"), List.of()),
  /** Digits in threes, lower and upper case alike. */
  LLAMA3(List.of("llama-bpe", "llama3", "llama-v3"), List.of(words("\\p{N}{1,3}"))),
  /** Single digits, lower and upper case alike. */
  QWEN2(List.of("qwen2", "deepseek-r1-qwen"), List.of(words("\\p{N}"))),
  /** What llama.cpp does where a converter knew no better. */
  DEFAULT(
      List.of("default"),
      List.of(
          "[\\p{P}\\$\\+<=>\\^~\\|]+",
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)",
          "\\p{N}+",
          "[0-9][0-9][0-9]"));

  // Of List.of, so immutable.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> names;

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> cuts;

  WordSplit(List<String> names, List<String> cuts) {
    this.names = names;
    this.cuts = cuts;
  }

  private static String words(String digits) {
    return "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|"
        + digits
        + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  }

  /**
   * Returns the way of a file.
   *
   * @throws IllegalArgumentException if it names none, or one that is not known
   */
  static WordSplit of(Metadata metadata) {
    String known =
        Arrays.stream(values())
            .flatMap(split -> split.names.stream())
            .collect(Collectors.joining(", "));
    String name =
        metadata
            .text(GgufKeys.PRE_TOKENIZER)
            .orElseThrow(
                () ->
                    metadata.refused(
                        "does not say by "
                            + GgufKeys.PRE_TOKENIZER
                            + " how its tokenizer cuts words: convert the model again"));
    return Arrays.stream(values())
        .filter(split -> split.names.contains(name))
        .findFirst()
        .orElseThrow(
            () ->
                metadata.refused(
                    "has a tokenizer that cuts words as "
                        + Refusal.shown(name)
                        + " does; known are "
                        + known));
  }

  /** Returns the name of the way in which a {@code tokenizer.json} cuts words; empty for none. */
  static Optional<String> nameOf(JsonNode tokenizer) {
    boolean wholeWords = tokenizer.path("model").path("ignore_merges").asBoolean();
    List<String> steps = steps(tokenizer.path("normalizer"), tokenizer.path("pre_tokenizer"));
    return Arrays.stream(values())
        .filter(split -> split.keepsWholeWords() == wholeWords)
        .filter(split -> steps(split.normalizer(), split.preTokenizer()).equals(steps))
        .map(split -> split.names.get(0))
        .findFirst();
  }

  /** Returns what decides where words end, of sequences in sequences, too. */
  private static List<String> steps(JsonNode... parts) {
    List<String> steps = new ArrayList<>();
    for (JsonNode part : parts) {
      String type = part.path("type").asText();
      switch (type) {
        case "Sequence" -> {
          part.path("normalizers").forEach(each -> steps.addAll(steps(each)));
          part.path("pretokenizers").forEach(each -> steps.addAll(steps(each)));
        }
        case "ByteLevel" -> steps.add(type + part.path("use_regex").asBoolean(true));
        case "Digits" -> steps.add(type + part.path("individual_digits").asBoolean());
        case "Split" ->
            steps.add(type + part.path("pattern") + part.path("behavior") + part.path("invert"));
        case "" -> {}
        default -> steps.add(part.toString());
      }
    }
    return steps;
  }

  /** Returns whether a word that is a token stays whole, whatever the merges say. */
  boolean keepsWholeWords() {
    return this == LLAMA3;
  }

  JsonNode normalizer() {
    return this == QWEN2 ? TokenizerParts.step("NFC") : NullNode.getInstance();
  }

  ObjectNode preTokenizer() {
    List<ObjectNode> steps = new ArrayList<>();
    if (this == SMOLLM) {
      steps.add(TokenizerParts.step("Digits").put("individual_digits", true));
    }
    for (String cut : cuts) {
      ObjectNode split = TokenizerParts.step("Split");
      split.putObject("pattern").put("Regex", cut);
      steps.add(split.put("behavior", "Isolated").put("invert", false));
    }
    ObjectNode bytes = byteLevel(cuts.isEmpty());
    if (steps.isEmpty()) {
      return bytes;
    }
    steps.add(bytes);
    return TokenizerParts.sequence("pretokenizers", steps);
  }

  /** Returns the step that spells bytes as characters. */
  static ObjectNode byteLevel(boolean cutsWords) {
    return TokenizerParts.step("ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", cutsWords);
  }
}
