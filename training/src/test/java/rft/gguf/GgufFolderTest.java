package rft.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rft.dataset.Message;
import rft.policy.ModelConfig;
import rft.policy.ModelWeights;
import rft.prompt.ChatTemplate;
import rft.prompt.TextTokenizer;
import rft.prompt.Tokens;

final class GgufFolderTest {
  @TempDir Path temporary;

  @ParameterizedTest
  @CsvSource({
    "llama, LlamaForCausalLM",
    "qwen2, Qwen2ForCausalLM",
    "qwen3, Qwen3ForCausalLM",
  })
  void aFileOfEverySupportedArchitectureIsAModelFolder(String architecture, String className)
      throws IOException {
    Path folder = create(TinyGguf.model(architecture));
    JsonNode config = json(folder, "config.json");
    assertEquals(className, config.at("/architectures/0").textValue());
    assertEquals(architecture, config.path("model_type").textValue());
    assertEquals(TinyGguf.tokens().size(), config.path("vocab_size").intValue());
    assertEquals(1e-5, config.path("rms_norm_eps").doubleValue());
    assertTrue(config.path("tie_word_embeddings").booleanValue());
    assertEquals(TinyGguf.HIDDEN / TinyGguf.HEADS, config.path("head_dim").intValue());
    ModelConfig read = ModelConfig.read(folder);
    try (ModelWeights weights = ModelWeights.open(folder)) {
      read.check(weights);
    }
  }

  @Test
  void anOutputOfItsOwnMakesTheHeadUntied() throws IOException {
    GgufBytes bytes = TinyGguf.model("llama");
    TinyGguf.zeros(bytes, "output.weight", TinyGguf.tokens().size(), TinyGguf.HIDDEN);
    Path folder = create(bytes);
    assertFalse(json(folder, "config.json").path("tie_word_embeddings").booleanValue());
    try (ModelWeights weights = ModelWeights.open(folder)) {
      ModelConfig.read(folder).check(weights);
    }
  }

  @Test
  void theTokenizerTheTemplateAndTheEndAreThoseOfTheFile() throws IOException {
    Path folder = create(TinyGguf.model("llama"));
    try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
      Tokens tokens = tokenizer.encode("<|start|>x a<tool>é<|end|>");
      assertEquals("x a<tool>é", tokenizer.decode(tokens));
      assertEquals(1, tokens.at(0));
      assertEquals(Set.of(0), tokenizer.endTokens());
      assertEquals("<|end|>", tokenizer.piece(0));
    }
    String chat = ChatTemplate.load(folder).render(List.of(Message.user("hi")), true);
    assertEquals("<|start|>hi<|end|><|start|>", chat);
  }

  @Test
  void everyTokenThatEndsAnAnswerIsNamed() throws IOException {
    Path folder = create(TinyGguf.model("llama").put(GgufKeys.END_OF_TURN_ID, 1));
    try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
      assertEquals(Set.of(0, 1), tokenizer.endTokens());
    }
  }

  @Test
  void fillersAreNoTokens() throws IOException {
    List<String> tokens = new ArrayList<>(TinyGguf.tokens());
    int filler = tokens.size();
    tokens.add("[PAD" + filler + "]");
    List<Integer> kinds =
        Stream.concat(Stream.generate(() -> 1).limit(filler), Stream.of(5)).toList();
    GgufBytes bytes =
        TinyGguf.model("qwen2").put(GgufKeys.TOKENS, tokens).put(GgufKeys.TOKEN_TYPES, kinds);
    TinyGguf.zeros(bytes, "token_embd.weight", tokens.size(), TinyGguf.HIDDEN);
    try (TextTokenizer tokenizer = TextTokenizer.load(create(bytes))) {
      assertEquals(filler, tokenizer.vocabulary());
    }
  }

  @Test
  void aFolderThatHoldsTheFileIsCompletedAndKeepsItsTexts() throws IOException {
    Path file = TinyGguf.model("llama").write(temporary.resolve("q8.gguf"));
    Files.writeString(temporary.resolve("generation_config.json"), "{}");
    GgufFolder.complete(temporary, file);
    assertFalse(Files.exists(file));
    assertEquals("{}", Files.readString(temporary.resolve("generation_config.json")));
    try (ModelWeights weights = ModelWeights.open(temporary)) {
      ModelConfig.read(temporary).check(weights);
    }
  }

  @Test
  void nothingIsLeftOfARefusedFile() throws IOException {
    refused(
        "holds a model of the architecture gemma2; supported are llama, qwen2 and qwen3",
        TinyGguf.model("gemma2"));
    refused("is one of 3 parts", TinyGguf.model("llama").put(GgufKeys.SPLIT_COUNT, 3));
    refused("something of the type adapter", TinyGguf.model("llama").put(GgufKeys.TYPE, "adapter"));
    refused(
        "a tokenizer of the kind bert; known are gpt2 and llama",
        TinyGguf.model("llama").put(GgufKeys.TOKENIZER_MODEL, "bert"));
    refused(
        "cuts words as poro-chat does; known are gpt-2, smollm",
        TinyGguf.model("llama").put(GgufKeys.PRE_TOKENIZER, "poro-chat"));
    refused(
        "does not say by tokenizer.ggml.pre",
        TinyGguf.model("llama").without(GgufKeys.PRE_TOKENIZER));
    refused(
        "merges what are no tokens: \"q zz\"",
        TinyGguf.model("llama").put(GgufKeys.MERGES, List.of("q zz")));
    refused(
        "names the token 9999 by tokenizer.ggml.eos_token_id",
        TinyGguf.model("llama").put(GgufKeys.END_ID, 9999));
    refused("has no tensor token_embd.weight", TinyGguf.head("llama"));
    refused("no value for llama.block_count", TinyGguf.model("llama").without("llama.block_count"));
    refused("a mixture of 8 experts", TinyGguf.model("llama").put("llama.expert_count", 8));
    refused(
        "heads of 4 values for keys, 4 for values, 2 of them rotated",
        TinyGguf.model("llama").put("llama.rope.dimension_count", 2));
    refused(
        "scales its rotation by yarn",
        TinyGguf.model("qwen2").put("qwen2.rope.scaling.type", "yarn"));
    GgufBytes small = TinyGguf.model("llama");
    TinyGguf.zeros(small, "token_embd.weight", 100, TinyGguf.HIDDEN);
    refused("tokens, and an embedding of 100 rows", small);
  }

  private void refused(String reason, GgufBytes bytes) throws IOException {
    Path home = Files.createTempDirectory(temporary, "home");
    Path file = bytes.write(home.resolve("m.gguf"));
    assertMessage(reason, () -> GgufFolder.complete(home, file));
    try (Stream<Path> left = Files.list(home)) {
      assertEquals(List.of(file), left.toList());
    }
  }

  private static void assertMessage(String reason, Executable refusing) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, refusing, reason);
    assertTrue(String.valueOf(refusal.getMessage()).contains(reason), refusal.getMessage());
  }

  private Path create(GgufBytes bytes) throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("made"));
    GgufFolder.complete(folder, bytes.write(folder.resolve("made.gguf")));
    return folder;
  }

  private static JsonNode json(Path folder, String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).toFile());
  }
}
