package rft.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelWeightsTest {
  @TempDir Path folder;

  @Test
  void shardsReadAsOneModel() throws IOException {
    write("model-00001-of-00002.safetensors", "a", 1);
    write("model-00002-of-00002.safetensors", "b", 2);
    index(
        "{\"a\":\"model-00001-of-00002.safetensors\",\"b\":\"model-00002-of-00002.safetensors\"}");
    try (ModelWeights weights = ModelWeights.open(folder)) {
      assertEquals(Set.of("a", "b"), weights.names());
      assertArrayEquals(new float[] {2, 2}, weights.floats("b"));
      assertArrayEquals(new int[] {2}, weights.shape("a"));
      assertEquals(folder.resolve("model-00001-of-00002.safetensors"), weights.path("a"));
    }
  }

  @Test
  void valuesThatAreNoNumbersAreReadButNotComputedWith() throws IOException {
    write("model.safetensors", "a", Float.NaN);
    try (ModelWeights weights = ModelWeights.open(folder)) {
      assertArrayEquals(new float[] {Float.NaN, Float.NaN}, weights.floats("a"));
      String message =
          assertThrows(IllegalArgumentException.class, () -> weights.finite("a")).getMessage();
      assertTrue(message.startsWith("tensor a of " + folder), message);
      assertTrue(message.contains("holds NaN"), message);
    }
  }

  @Test
  void aHeadThatIsMissingMayBeTheEmbedding() throws IOException {
    ModelConfig untied = new ModelConfig(5, 4, 3, 1, 2, 1, 2, 1e-6, 10000, false, 8);
    Map<String, int[]> shapes = untied.tensorShapes();
    shapes.remove("lm_head.weight");
    new SafetensorsWriter(SafetensorsType.F32)
        .write(
            folder.resolve("model.safetensors"),
            shapes,
            name -> new float[(int) Shapes.count(shapes.get(name))]);
    try (ModelWeights weights = ModelWeights.open(folder)) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> untied.check(weights)).getMessage();
      assertTrue(message.endsWith("config.json says \"tie_word_embeddings\": true"), message);
    }
  }

  @Test
  void anIndexThatLeavesTheFolderIsRefused() throws IOException {
    String[] names = {
      "../a.safetensors",
      "/a.safetensors",
      "x/a.safetensors",
      "x\\\\a.safetensors",
      "..",
      ".safetensors",
      "a.bin",
      ""
    };
    for (String name : names) {
      index("{\"a\":\"" + name + "\"}");
      assertRefused("only .safetensors files of the same folder are read");
    }
    index("{\"a\":7}");
    assertRefused("only .safetensors files");
    index("{}");
    assertRefused("\"weight_map\" names no tensor");
    index("[]");
    assertRefused("\"weight_map\" names no tensor");
  }

  @Test
  void anIndexThatDisagreesWithItsFilesIsRefused() throws IOException {
    write("one.safetensors", "a", 1);
    write("two.safetensors", "b", 1);
    index("{\"a\":\"two.safetensors\",\"b\":\"one.safetensors\"}");
    assertRefused("tensor a is not in two.safetensors");
    index("{\"a\":\"one.safetensors\",\"c\":\"one.safetensors\"}");
    assertRefused("tensor c is not in one.safetensors");
    index("{\"a\":\"three.safetensors\"}");
    assertRefused("shard three.safetensors, which it names, is not there: fetch the model again");
    write("two.safetensors", "a", 1);
    index("{\"a\":\"one.safetensors\",\"b\":\"two.safetensors\"}");
    assertRefused("tensor a is both in");
  }

  @Test
  void aFolderWithoutSafetensorsSaysWhatIsMissing() throws IOException {
    assertRefused("has neither model.safetensors nor model.safetensors.index.json");
    Files.writeString(folder.resolve("pytorch_model.bin"), "");
    assertRefused("pytorch_model.bin is never read, because loading it can run code");
    Files.writeString(folder.resolve("consolidated.00.pth"), "");
    assertRefused("consolidated.00.pth is never read");
  }

  @Test
  void theTypesOfTheStoredTensorsAreCounted() throws IOException {
    write("model.safetensors", "a", 1);
    try (ModelWeights weights = ModelWeights.open(folder)) {
      assertEquals(Map.of("F32", 2L), weights.storedTypes());
    }
  }

  @Test
  void anUnsoundFileIsRefusedAndReleased() throws IOException {
    Files.writeString(folder.resolve("model.safetensors"), "{}");
    assertRefused("too few for a header length");
    Files.delete(folder.resolve("model.safetensors"));
  }

  @Test
  void anUnknownTensorIsNamed() throws IOException {
    write("model.safetensors", "a", 1);
    try (ModelWeights weights = ModelWeights.open(folder)) {
      assertTrue(
          assertThrows(IllegalArgumentException.class, () -> weights.floats("b"))
              .getMessage()
              .contains("no tensor b"));
    }
  }

  private void write(String file, String tensor, float value) throws IOException {
    new SafetensorsWriter(SafetensorsType.F32)
        .write(
            folder.resolve(file),
            Map.of(tensor, new int[] {2}),
            name -> new float[] {value, value});
  }

  private void index(String map) throws IOException {
    Files.writeString(
        folder.resolve("model.safetensors.index.json"),
        "{\"metadata\":{},\"weight_map\":" + map + "}");
  }

  private void assertRefused(String part) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ModelWeights.open(folder)).getMessage();
    assertTrue(message.contains(folder.toString()), message);
    assertTrue(message.contains(part), message);
  }
}
