package rft.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelConfigTest {
  private static final Path GOLDEN = Path.of("src/test/resources/rft/policy");
  private static final ModelConfig TIED =
      new ModelConfig(5, 4, 3, 1, 2, 1, 2, 1e-6, 10000, true, 8);

  @TempDir Path folder;

  @Test
  void aFolderOfTransformersReads() {
    assertEquals(
        new ModelConfig(83, 36, 53, 3, 6, 2, 10, 1e-5, 5000, false, 48),
        ModelConfig.read(GOLDEN.resolve("grouped")));
    assertEquals(
        new ModelConfig(97, 24, 41, 2, 3, 3, 8, 1e-6, 10000, true, 64),
        ModelConfig.read(GOLDEN.resolve("tied")));
  }

  @Test
  void itsTensorsAreThoseOfTheConfig() {
    for (String name : new String[] {"grouped", "tied"}) {
      ModelConfig config = ModelConfig.read(GOLDEN.resolve(name));
      try (ModelWeights weights = ModelWeights.open(GOLDEN.resolve(name))) {
        config.check(weights);
        assertEquals(config.tensorShapes().keySet(), weights.names());
      }
    }
    assertEquals(40680, ModelConfig.read(GOLDEN.resolve("grouped")).parameters());
  }

  @Test
  void whatIsWrittenReadsBackEqual() throws IOException {
    ModelConfig config = new ModelConfig(83, 36, 53, 3, 6, 2, 10, 1.5e-5, 5000.5, true, 48);
    assertEquals(config, read(config.toJson().toString()));
  }

  @Test
  void absentSettingsHaveTheDefaultsOfTransformers() throws IOException {
    ModelConfig expected =
        new ModelConfig(32000, 4096, 11008, 32, 32, 32, 128, 1e-6, 10000, false, 2048);
    assertEquals(expected, read("{\"model_type\":\"llama\"}"));
    assertEquals(
        expected,
        read("{\"architectures\":[\"LlamaForCausalLM\"],\"head_dim\":null,\"rope_scaling\":null}"));
    assertEquals(
        expected, read("{\"architectures\":[],\"model_type\":\"llama\",\"hidden_act\":\"swish\"}"));
    assertEquals(16, read("{\"model_type\":\"llama\",\"num_attention_heads\":16}").kvHeads());
  }

  @Test
  void theRotationBaseMayLieOutsideOrInsideTheRopeParameters() throws IOException {
    assertEquals(5, read(llama("\"rope_theta\":5")).ropeTheta());
    assertEquals(
        7,
        read(llama("\"rope_parameters\":{\"rope_type\":\"default\",\"rope_theta\":7.0}"))
            .ropeTheta());
    assertEquals(
        5, read(llama("\"rope_theta\":5,\"rope_scaling\":{\"type\":\"default\"}")).ropeTheta());
    assertEquals(10000, read(llama("\"rope_scaling\":{\"rope_type\":null}")).ropeTheta());
  }

  @Test
  void rotationMayBeStretchedAsLlamaDoes() throws IOException {
    String llama3 =
        "{\"rope_type\":\"llama3\",\"factor\":32.0,\"low_freq_factor\":1.0,"
            + "\"high_freq_factor\":4.0,\"original_max_position_embeddings\":8192}";
    assertEquals(
        RopeScaling.llama3(32, 1, 4, 8192),
        read(llama("\"rope_scaling\":" + llama3)).ropeScaling());
    assertEquals(
        RopeScaling.llama3(32, 1, 4, 8192),
        read(llama("\"rope_parameters\":" + llama3)).ropeScaling());
    assertEquals(
        RopeScaling.linear(2),
        read(llama("\"rope_scaling\":{\"type\":\"linear\",\"factor\":2.0}")).ropeScaling());
  }

  @Test
  void rotationThatWouldBeComputedOtherwiseIsRefused() {
    assertRefused(
        llama("\"rope_scaling\":{\"type\":\"yarn\"}"),
        "\"rope_scaling\" has the type \"yarn\"; supported are default, linear and llama3");
    assertRefused(
        llama("\"rope_parameters\":{\"rope_type\":\"dynamic\"}"),
        "\"rope_parameters\" has the type \"dynamic\"");
    assertRefused(
        llama("\"rope_scaling\":{\"rope_type\":\"linear\"}"),
        "rope factor (NaN) must be at least 1");
    assertRefused(
        llama("\"rope_scaling\":{\"rope_type\":\"llama3\",\"factor\":8}"),
        "rope low_freq_factor (NaN) must be positive");
    assertRefused(llama("\"rope_scaling\":8"), "must be an object");
    assertRefused(
        llama("\"rope_parameters\":{\"partial_rotary_factor\":0.5}"),
        "only whole heads are rotated");
    assertRefused(llama("\"partial_rotary_factor\":0.5"), "only whole heads are rotated");
  }

  @Test
  void everyFamilyReadsAndWritesBack() throws IOException {
    for (Family family : Family.values()) {
      for (boolean biased : new boolean[] {false, family != Family.QWEN2}) {
        ModelConfig config =
            new ModelConfig(
                83,
                36,
                53,
                3,
                6,
                2,
                10,
                1e-5,
                5000,
                true,
                48,
                family,
                biased,
                RopeScaling.llama3(8, 1, 4, 32));
        assertEquals(config, read(config.toJson().toString()));
      }
    }
  }

  @Test
  void familiesDifferInTheirTensors() throws IOException {
    String prefix = "model.layers.1.self_attn.";
    Map<String, int[]> qwen2 = read("{\"model_type\":\"qwen2\"}").tensorShapes();
    assertTrue(qwen2.containsKey(prefix + "q_proj.bias"));
    assertFalse(qwen2.containsKey(prefix + "o_proj.bias"));
    Map<String, int[]> qwen3 = read("{\"model_type\":\"qwen3\"}").tensorShapes();
    assertEquals(128, qwen3.get(prefix + "k_norm.weight")[0]);
    assertFalse(qwen3.containsKey(prefix + "q_proj.bias"));
    assertTrue(
        read(llama("\"attention_bias\":true")).tensorShapes().containsKey(prefix + "o_proj.bias"));
  }

  @Test
  void anotherArchitectureIsNamedWithWhatIsSupported() {
    String supported =
        "supported are decoders of LlamaForCausalLM, Qwen2ForCausalLM, Qwen3ForCausalLM";
    assertRefused("{\"model_type\":\"gemma\"}", "unknown model_type \"gemma\"; " + supported);
    assertRefused(
        "{\"architectures\":[\"PhiForCausalLM\"],\"model_type\":\"phi\"}",
        "unknown architecture PhiForCausalLM; " + supported);
    assertRefused(
        "{\"architectures\":[\"Qwen3ForCausalLM\"],\"model_type\":\"llama\"}",
        "\"model_type\" is \"llama\" and \"architectures\" says Qwen3ForCausalLM");
    assertRefused(
        "{\"architectures\":[\"LlamaForSequenceClassification\"],\"model_type\":\"llama\"}",
        "unknown architecture LlamaForSequenceClassification");
    assertRefused("{\"hidden_size\":4}", "neither \"model_type\" nor \"architectures\"");
  }

  @Test
  void variantsThatWouldComputeOtherwiseAreRefused() {
    assertRefused(
        "{\"model_type\":\"qwen2\",\"use_sliding_window\":true}",
        "only full attention is supported");
    assertRefused(llama("\"mlp_bias\":true"), "\"mlp_bias\" is true");
    assertRefused(
        llama("\"hidden_act\":\"gelu\""), "\"hidden_act\" is \"gelu\"; only \"silu\" is supported");
    assertRefused(
        llama("\"quantization_config\":{\"quant_method\":\"awq\"}"),
        "its weights are quantised (\"quantization_config\" says awq); F32, F16 and BF16 are read:"
            + " take the model that it was made from");
  }

  @Test
  void sizesThatCannotBeAreRefusedWithTheFile() {
    assertRefused(llama("\"hidden_size\":0"), "hidden (0) must be at least 1");
    assertRefused(llama("\"hidden_size\":4.5"), "\"hidden_size\" must be a whole number");
    assertRefused(llama("\"hidden_size\":\"4\""), "\"hidden_size\" must be a whole number");
    assertRefused(llama("\"vocab_size\":99999999999"), "\"vocab_size\" must be a whole number");
    assertRefused(llama("\"num_attention_heads\":0"), "heads (0) must be at least 1");
    assertRefused(
        llama("\"num_key_value_heads\":3"), "heads (32) must be a multiple of kvHeads (3)");
    assertRefused(llama("\"head_dim\":3"), "headDim (3) must be even");
    assertRefused(llama("\"rms_norm_eps\":0"), "normEpsilon (0.0) must be positive");
    assertRefused(llama("\"rope_theta\":1e999"), "ropeTheta (Infinity) must be positive");
    assertRefused(llama("\"tie_word_embeddings\":1"), "must be true or false");
    assertRefused(
        llama("\"num_hidden_layers\":2000000000"), "layers (2000000000) must be at most 1000");
    assertRefused(
        llama("\"max_position_embeddings\":2000000000"), "x headDim (128) must be at most");
    assertRefused(llama("\"vocab_size\":2000000000"), "2000000000 x 4096 values is too large");
  }

  @Test
  void aConfigThatIsAbsentOrNoJsonIsRefused() {
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> ModelConfig.read(folder))
            .getMessage()
            .startsWith("there is no file"));
    assertRefused("{\"model_type\":", "is not valid JSON at line 1");
    assertRefused("[]", "is no JSON object");
    assertRefused(
        "{\"model_type\":\"llama\",\"model_type\":\"llama\"}", "names 'model_type' twice");
  }

  @Test
  void tensorsThatDisagreeAreNamedWithShapesAndFile() throws IOException {
    Map<String, int[]> shapes = new LinkedHashMap<>(TIED.tensorShapes());
    shapes.remove("model.norm.weight");
    assertDisagrees(shapes, "tensor model.norm.weight of shape (4) is missing from " + folder);

    shapes = new LinkedHashMap<>(TIED.tensorShapes());
    shapes.put("model.layers.0.self_attn.k_proj.weight", new int[] {4, 4});
    Path file = folder.resolve("model.safetensors");
    assertDisagrees(
        shapes,
        "tensor model.layers.0.self_attn.k_proj.weight of "
            + file
            + " has shape (4, 4), the config asks for (2, 4)");

    shapes = new LinkedHashMap<>(TIED.tensorShapes());
    shapes.put("model.layers.1.mlp.up_proj.weight", new int[] {1});
    shapes.put("model.layers.1.mlp.down_proj.weight", new int[] {1});
    assertDisagrees(shapes, "has no place in the config (and 1 more such problem)");
  }

  @Test
  void aTiedModelMayStoreItsHeadOnlyIfItEqualsTheEmbedding() throws IOException {
    Map<String, int[]> shapes = new LinkedHashMap<>(TIED.tensorShapes());
    shapes.put("lm_head.weight", new int[] {5, 4});
    shapes.put("model.layers.0.self_attn.rotary_emb.inv_freq", new int[] {1});
    write(shapes, 0);
    try (ModelWeights weights = ModelWeights.open(folder)) {
      TIED.check(weights);
    }
    write(shapes, 1);
    try (ModelWeights weights = ModelWeights.open(folder)) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> TIED.check(weights)).getMessage();
      assertTrue(message.contains("differs from the embedding"), message);
    }
  }

  private void assertDisagrees(Map<String, int[]> shapes, String part) throws IOException {
    write(shapes, 0);
    try (ModelWeights weights = ModelWeights.open(folder)) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> TIED.check(weights)).getMessage();
      assertTrue(message.startsWith("config.json and the weights disagree: "), message);
      assertTrue(message.contains(part), message);
    }
  }

  /** Writes tensors of ones, the head of {@code 1 + headOffset}. */
  private void write(Map<String, int[]> shapes, float headOffset) throws IOException {
    new SafetensorsWriter(SafetensorsType.F32)
        .write(
            folder.resolve("model.safetensors"),
            shapes,
            name -> {
              float[] values = new float[(int) Shapes.count(shapes.get(name))];
              Arrays.fill(values, name.equals("lm_head.weight") ? 1 + headOffset : 1);
              return values;
            });
  }

  private static String llama(String setting) {
    return "{\"model_type\":\"llama\"," + setting + "}";
  }

  private ModelConfig read(String json) throws IOException {
    Files.writeString(folder.resolve("config.json"), json);
    return ModelConfig.read(folder);
  }

  private void assertRefused(String json, String part) {
    String message = assertThrows(IllegalArgumentException.class, () -> read(json)).getMessage();
    String file = folder.resolve("config.json").toString();
    assertTrue(message.startsWith(file), message);
    assertEquals(0, message.lastIndexOf(file), message);
    assertTrue(message.contains(part), message);
  }
}
