package rft.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import rft.dataset.Message;
import rft.gguf.GgufBytes;
import rft.gguf.GgufFolder;
import rft.gguf.GgufWeights;
import rft.gguf.TensorType;
import rft.policy.Family;
import rft.policy.ModelConfig;
import rft.policy.ModelWeights;
import rft.policy.RopeScaling;
import rft.policy.SafetensorsType;
import rft.policy.Shapes;
import rft.prompt.ChatTemplate;
import rft.prompt.TextTokenizer;

/** Files are read back by the product's own reader, which was tested with files of others. */
final class GgufModelFolderTest {
  private static final Path TINY =
      Path.of(System.getProperty("rft.root", "..")).resolve("models").resolve("tiny-chat");
  private static final ExportTexts TEXTS =
      new ExportTexts("tiny, tuned", Map.of("README.md", "# tiny\n"));

  @TempDir Path parent;

  static Stream<ModelConfig> families() {
    RopeScaling llama3 = RopeScaling.llama3(8, 1, 4, 64);
    return Stream.of(
        config(Family.LLAMA, true, false, null),
        config(Family.LLAMA, false, true, llama3),
        config(Family.LLAMA, false, false, RopeScaling.linear(2)),
        config(Family.QWEN2, true, false, null),
        config(Family.QWEN3, false, false, null));
  }

  private static ModelConfig config(
      Family family, boolean tied, boolean biases, RopeScaling scaling) {
    return new ModelConfig(
        520, 64, 96, 2, 4, 2, 64, 1e-5, 10000, tied, 256, family, biases, scaling);
  }

  private static Map<String, float[]> weights(ModelConfig config) {
    Random random = new Random(3);
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

  private Path write(ModelConfig config, TensorType type) throws IOException {
    Path folder = parent.resolve("out");
    GgufModelFolder.write(folder, config, weights(config)::get, type, TINY, TEXTS);
    return folder;
  }

  @ParameterizedTest
  @MethodSource("families")
  void everyFamilyIsReadBackAsItWas(ModelConfig config) throws IOException {
    Path folder = write(config, TensorType.F32);
    // What the file alone says, without the texts beside it.
    Path fromFile = parent.resolve("from-file");
    GgufBytes.unfold(folder.resolve(GgufFolder.MODEL), fromFile);
    assertEquals(config, ModelConfig.read(fromFile));
    assertEquals(config, ModelConfig.read(folder));
    Map<String, float[]> expected = weights(config);
    try (ModelWeights read = ModelWeights.open(fromFile)) {
      config.check(read);
      expected.forEach((name, values) -> assertArrayEquals(values, read.floats(name), name));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16", "Q8_0"})
  void matricesAreRoundedAndNormsAreNot(TensorType type) throws IOException {
    ModelConfig config = config(Family.QWEN3, false, false, null);
    Map<String, float[]> expected = weights(config);
    Path file = write(config, type).resolve(GgufFolder.MODEL);
    try (GgufWeights read = GgufWeights.open(file)) {
      for (String name : expected.keySet()) {
        boolean isMatrix = config.tensorShapes().get(name).length == 2;
        assertEquals(isMatrix ? type : TensorType.F32, read.type(name), name);
        float[] values = read.floats(name);
        for (int i = 0; i < values.length; i++) {
          float value = expected.get(name)[i];
          if (!isMatrix) {
            assertEquals(value, values[i], name);
          } else if (type == TensorType.Q8_0) {
            // Half a step of the block, and what its scale lost as binary16.
            double most = largest(expected.get(name), i) / 127 / 2 + Math.abs(value) / 1024;
            assertEquals(value, values[i], most, name);
          } else {
            assertEquals(SafetensorsType.valueOf(type.name()).round(value), values[i], name);
          }
        }
      }
    }
  }

  private static double largest(float[] values, int at) {
    double largest = 0;
    for (int i = at / 32 * 32; i < at / 32 * 32 + 32; i++) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    return largest;
  }

  @Test
  void blocksAreThoseOfTheFormat() {
    float[] values = new float[32];
    values[0] = 12.7f;
    values[1] = -12.7f;
    values[2] = 0.25f;
    values[3] = -0.25f;
    byte[] bytes = GgufBlocks.bytes(TensorType.Q8_0, values, 0, 32).array();
    assertEquals(34, bytes.length);
    assertArrayEquals(new byte[] {127, -127, 3, -3}, Arrays.copyOfRange(bytes, 2, 6));
    byte[] none = GgufBlocks.bytes(TensorType.Q8_0, new float[32], 0, 32).array();
    assertArrayEquals(new byte[34], none);
  }

  @Test
  void tokensTemplateAndEndsComeFromTheFile() throws IOException {
    Path folder = write(config(Family.LLAMA, true, false, null), TensorType.F16);
    Path fromFile = parent.resolve("from-file");
    GgufBytes.unfold(folder.resolve(GgufFolder.MODEL), fromFile);
    String text = "On July 4, 1976 <|end|> she paid 12,345 euros – ünïcode 日本.";
    try (TextTokenizer own = TextTokenizer.load(TINY);
        TextTokenizer read = TextTokenizer.load(fromFile)) {
      assertEquals(own.encode(text), read.encode(text));
    }
    List<Message> asked = List.of(Message.user("Hello"));
    assertEquals(
        ChatTemplate.load(TINY).render(asked, true),
        ChatTemplate.load(fromFile).render(asked, true));
    String settings = Files.readString(fromFile.resolve("config.json"));
    assertTrue(settings.replace(" ", "").contains("\"eos_token_id\":2"), settings);
  }

  @Test
  void theFolderIsAModelForOurselvesWithItsCard() throws IOException {
    Path folder = write(config(Family.LLAMA, true, false, null), TensorType.Q8_0);
    assertEquals("# tiny\n", Files.readString(folder.resolve("README.md")));
    assertTrue(Files.exists(folder.resolve("tokenizer.json")));
    byte[] start = Arrays.copyOf(Files.readAllBytes(folder.resolve(GgufFolder.MODEL)), 8);
    assertEquals("GGUF", new String(start, 0, 4, StandardCharsets.US_ASCII));
    assertEquals(3, start[4]);
    assertFalse(Files.exists(folder.resolve("model.safetensors")));
  }

  @Test
  void aTokenizerThatNoNameStandsForIsRefused() throws IOException {
    Path source = Files.createDirectory(parent.resolve("source"));
    String tokenizer = Files.readString(TINY.resolve("tokenizer.json"));
    for (String other : List.of("\"Whitespace\"", "\"Metaspace\"")) {
      Files.writeString(source.resolve("tokenizer.json"), tokenizer.replace("\"Digits\"", other));
      ModelConfig config = config(Family.LLAMA, true, false, null);
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  GgufModelFolder.write(
                      parent.resolve("no"),
                      config,
                      weights(config)::get,
                      TensorType.F16,
                      source,
                      TEXTS));
      assertTrue(refused.getMessage().contains("cuts words in a way"), refused.getMessage());
    }
    assertFalse(Files.exists(parent.resolve("no")));
  }

  @Test
  void aTypeThatIsOnlyReadIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> write(config(Family.LLAMA, true, false, null), TensorType.Q4_K));
  }
}
