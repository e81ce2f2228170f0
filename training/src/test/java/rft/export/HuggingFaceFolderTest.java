package rft.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rft.policy.AdapterShape;
import rft.policy.ModelConfig;
import rft.policy.ModelWeights;
import rft.policy.SafetensorsType;
import rft.policy.Shapes;

final class HuggingFaceFolderTest {
  private static final ModelConfig CONFIG =
      new ModelConfig(5, 4, 3, 1, 2, 1, 2, 1e-6, 10000, false, 8);

  @TempDir Path parent;
  private Path source;

  @BeforeEach
  void writeSource() throws IOException {
    source = Files.createDirectory(parent.resolve("source"));
    Files.writeString(source.resolve("tokenizer.json"), "{\"version\":\"1.0\"}");
    Files.writeString(source.resolve("chat_template.jinja"), "{{ messages }}");
    Files.writeString(source.resolve("training_args.bin"), "never copied");
    Files.writeString(
        source.resolve("config.json"),
        "{\"eos_token_id\":[2,3],\"bos_token_id\":1,\"pad_token_id\":null}");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenReadsBackRounded(SafetensorsType type) throws IOException {
    Path folder = parent.resolve("model");
    Map<String, float[]> weights = weights(CONFIG);
    HuggingFaceFolder.write(folder, CONFIG, weights, type, source);
    assertEquals(CONFIG, ModelConfig.read(folder));
    try (ModelWeights read = ModelWeights.open(folder)) {
      CONFIG.check(read);
      for (String name : weights.keySet()) {
        float[] expected = weights.get(name).clone();
        for (int i = 0; i < expected.length; i++) {
          expected[i] = type.round(expected[i]);
        }
        assertArrayEquals(expected, read.floats(name), name);
      }
    }
  }

  @Test
  void theTokenizerAndItsSpecialTokensComeAlong() throws IOException {
    Path folder = parent.resolve("model");
    HuggingFaceFolder.write(folder, CONFIG, weights(CONFIG), SafetensorsType.BF16, source);
    assertEquals("{{ messages }}", Files.readString(folder.resolve("chat_template.jinja")));
    assertTrue(Files.exists(folder.resolve("tokenizer.json")));
    assertFalse(Files.exists(folder.resolve("training_args.bin")));
    JsonNode config = new JsonMapper().readTree(folder.resolve("config.json").toFile());
    assertEquals("[2,3]", config.path("eos_token_id").toString());
    assertEquals(1, config.path("bos_token_id").intValue());
    assertFalse(config.has("pad_token_id"));
    assertEquals("bfloat16", config.path("torch_dtype").textValue());
  }

  @Test
  void aModelCanReplaceItsOwnSource() throws IOException {
    HuggingFaceFolder.write(source, CONFIG, weights(CONFIG), SafetensorsType.F32, source);
    byte[] first = Files.readAllBytes(source.resolve("config.json"));
    HuggingFaceFolder.write(source, CONFIG, weights(CONFIG), SafetensorsType.F32, source);
    assertArrayEquals(first, Files.readAllBytes(source.resolve("config.json")));
    assertEquals("never copied", Files.readString(source.resolve("training_args.bin")));
    assertEquals("{{ messages }}", Files.readString(source.resolve("chat_template.jinja")));
  }

  @Test
  void aFailedWriteLeavesTheOldModelAndNothingElse() throws IOException {
    Path folder = parent.resolve("model");
    HuggingFaceFolder.write(folder, CONFIG, weights(CONFIG), SafetensorsType.F16, source);
    byte[] before = Files.readAllBytes(folder.resolve("model.safetensors"));
    Map<String, float[]> wrong = weights(CONFIG);
    wrong.get("model.norm.weight")[0] = 1e6f;
    assertRefused(
        folder, wrong, "tensor model.norm.weight holds 1000000.0, beyond the range of F16");
    wrong.remove("model.norm.weight");
    assertRefused(folder, wrong, "no values for model.norm.weight, which has the shape (4)");
    assertArrayEquals(before, Files.readAllBytes(folder.resolve("model.safetensors")));
    assertEquals(CONFIG, ModelConfig.read(folder));
    try (Stream<Path> left = Files.list(parent)) {
      assertEquals(List.of(folder, source), left.sorted().toList());
    }
  }

  @Test
  void mergingAddsTheScaledProductToTheTargetsOnly() {
    AdapterShape shape = new AdapterShape(1, 3, List.of("k_proj"));
    Map<String, float[]> base = weights(CONFIG);
    String weight = "model.layers.0.self_attn.k_proj.weight"; // (2, 4)
    base.put(weight, new float[] {1, 1, 1, 1, 2, 2, 2, 2});
    String prefix = "base_model.model.model.layers.0.self_attn.k_proj.lora_";
    Map<String, float[]> adapter =
        Map.of(
            prefix + "A.weight",
            new float[] {1, 2, 3, 4},
            prefix + "B.weight",
            new float[] {1, -10});
    Map<String, float[]> merged = HuggingFaceFolder.merge(CONFIG, base, shape, adapter);
    assertArrayEquals(new float[] {4, 7, 10, 13, -28, -58, -88, -118}, merged.get(weight));
    assertArrayEquals(new float[] {1, 1, 1, 1, 2, 2, 2, 2}, base.get(weight));
    base.forEach(
        (name, values) -> {
          if (!name.equals(weight)) {
            assertSame(values, merged.get(name));
          }
        });
  }

  @Test
  void mergingRefusesValuesThatDoNotFit() {
    AdapterShape shape = new AdapterShape(1, 3, List.of("k_proj"));
    assertThrows(
        IllegalArgumentException.class,
        () -> HuggingFaceFolder.merge(CONFIG, weights(CONFIG), shape, Map.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> HuggingFaceFolder.merge(CONFIG, Map.of(), shape, Map.of()));
  }

  private void assertRefused(Path folder, Map<String, float[]> weights, String part) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> HuggingFaceFolder.write(folder, CONFIG, weights, SafetensorsType.F16, source))
            .getMessage();
    assertTrue(message.contains(part), message);
  }

  private static Map<String, float[]> weights(ModelConfig config) {
    Random random = new Random(5);
    Map<String, float[]> weights = new LinkedHashMap<>();
    config
        .tensorShapes()
        .forEach(
            (name, shape) -> {
              float[] values = new float[(int) Shapes.count(shape)];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
              }
              weights.put(name, values);
            });
    return weights;
  }
}
