package rft.rollout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.dataset.Sha256;
import rft.dataset.Task;
import rft.gguf.GgufBytes;
import rft.gguf.GgufKeys;
import rft.gguf.RopePairs;
import rft.gguf.TensorNames;
import rft.policy.ModelConfig;
import rft.policy.ModelWeights;
import rft.policy.PolicyView;
import rft.policy.Scorer;
import rft.prompt.Prompt;

/** The bundled model as a GGUF file is the bundled model. */
final class GgufModelTest {
  private static final Path ORIGINAL =
      Path.of(System.getProperty("rft.root")).resolve("models").resolve("tiny-chat");

  @TempDir Path temporary;
  private Path file = Path.of("");
  private Path folder = Path.of("");

  @BeforeEach
  void convert() throws IOException {
    GgufBytes bytes = new GgufBytes();
    ModelConfig config = ModelConfig.read(ORIGINAL);
    settings(bytes, config);
    tokenizer(bytes);
    tensors(bytes, config);
    file = bytes.write(temporary.resolve("tiny.gguf"));
    folder = temporary.resolve("tiny");
    GgufBytes.unfold(file, folder);
  }

  @Test
  void itsPromptsTokensAndScoresAreThoseOfTheOriginal() {
    Task task = Task.of("t", "What is 12 + 345?\n\nThink.", "357");
    try (LoadedModel original = LoadedModel.open(ORIGINAL, "cpu", 1);
        LoadedModel converted = LoadedModel.open(folder, "cpu", 1)) {
      Prompt expected = original.prompt(task);
      Prompt prompt = converted.prompt(task);
      assertEquals(expected.text(), prompt.text());
      assertEquals(expected.tokens(), prompt.tokens());
      assertEquals(original.tokenizer().endTokens(), converted.tokenizer().endTokens());
      assertArrayEquals(scores(original, prompt), scores(converted, prompt));
    }
  }

  private static float[] scores(LoadedModel model, Prompt prompt) {
    return new Scorer(model.policy(), 1)
        .score(
            PolicyView.BASE,
            List.of(prompt.tokens().toArray()),
            List.of(Scorer.Row.of(0, 20, 21, 2)))
        .logProbs()
        .get(0);
  }

  @Test
  void itsConfigIsThatOfTheOriginal() {
    assertEquals(ModelConfig.read(ORIGINAL), ModelConfig.read(folder));
  }

  @Test
  void theHashOfItsWeightsIsThatOfTheFile() throws IOException {
    MessageDigest digest = Sha256.start();
    digest.update(Files.readAllBytes(file));
    try (LoadedModel converted = LoadedModel.open(folder, "cpu", 1)) {
      assertEquals(Sha256.hex(digest), converted.weightsSha256());
    }
  }

  private static void settings(GgufBytes bytes, ModelConfig config) {
    bytes
        .put(GgufKeys.ARCHITECTURE, "llama")
        .put("llama.block_count", config.layers())
        .put("llama.context_length", config.maxPositions())
        .put("llama.embedding_length", config.hidden())
        .put("llama.feed_forward_length", config.intermediate())
        .put("llama.attention.head_count", config.heads())
        .put("llama.attention.head_count_kv", config.kvHeads())
        .put("llama.attention.key_length", config.headDim())
        .put("llama.attention.value_length", config.headDim())
        .put("llama.rope.dimension_count", config.headDim())
        .put("llama.rope.freq_base", (float) config.ropeTheta())
        .put("llama.attention.layer_norm_rms_epsilon", (float) config.normEpsilon());
  }

  private static void tokenizer(GgufBytes bytes) throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode tokenizer = json.readTree(ORIGINAL.resolve("tokenizer.json").toFile());
    JsonNode config = json.readTree(ORIGINAL.resolve("tokenizer_config.json").toFile());
    Map<Integer, String> tokens = new TreeMap<>();
    tokenizer
        .at("/model/vocab")
        .properties()
        .forEach(token -> tokens.put(token.getValue().intValue(), token.getKey()));
    Set<Integer> special = new HashSet<>();
    tokenizer.path("added_tokens").forEach(token -> special.add(token.path("id").intValue()));
    List<String> list = new ArrayList<>(tokens.values());
    List<String> merges = new ArrayList<>();
    tokenizer.at("/model/merges").forEach(merge -> merges.add(merge.textValue()));
    bytes
        .put(GgufKeys.TOKENIZER_MODEL, "gpt2")
        .put(GgufKeys.PRE_TOKENIZER, "smollm")
        .put(GgufKeys.TOKENS, list)
        .put(
            GgufKeys.TOKEN_TYPES,
            tokens.keySet().stream().map(id -> special.contains(id) ? 3 : 1).toList())
        .put(GgufKeys.MERGES, merges)
        .put(GgufKeys.BEGIN_ID, list.indexOf(config.path("bos_token").textValue()))
        .put(GgufKeys.END_ID, list.indexOf(config.path("eos_token").textValue()))
        .put(GgufKeys.CHAT_TEMPLATE, config.path("chat_template").textValue());
  }

  private static void tensors(GgufBytes bytes, ModelConfig config) {
    try (ModelWeights weights = ModelWeights.open(ORIGINAL)) {
      for (String name : weights.names()) {
        float[] values = weights.floats(name);
        boolean paired = name.matches(".*\\.self_attn\\.[qk]_proj\\.weight");
        bytes.tensor(
            TensorNames.inGguf(name).orElseThrow(),
            paired ? paired(values, config) : values,
            weights.shape(name));
      }
    }
  }

  private static float[] paired(float[] values, ModelConfig config) {
    float[] moved = new float[values.length];
    RopePairs pairs = new RopePairs(config.headDim());
    int width = config.hidden();
    for (int row = 0; row < values.length / width; row++) {
      System.arraycopy(values, row * width, moved, pairs.inGguf(row) * width, width);
    }
    return moved;
  }
}
