package rft.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import rft.policy.AdapterShape;
import rft.policy.ModelConfig;
import rft.policy.SafetensorsType;
import rft.policy.SafetensorsWriter;
import rft.policy.Shapes;

final class PeftFolderTest {
  private static final Path GOLDEN = Path.of("src/test/resources/rft/policy");
  private static final JsonMapper JSON = new JsonMapper();
  private static final ModelConfig MODEL =
      new ModelConfig(5, 4, 3, 2, 2, 1, 2, 1e-6, 10000, true, 8);
  private static final AdapterShape SHAPE = new AdapterShape(2, 6, List.of("q_proj", "down_proj"));

  @TempDir Path parent;

  @Test
  void aFolderOfPeftReads() {
    PeftAdapter adapter = PeftFolder.read(GOLDEN.resolve("grouped-adapter"), golden("grouped"));
    assertEquals(new AdapterShape(3, 7, AdapterShape.ALL_TARGETS), adapter.shape());
    assertEquals("grouped", adapter.base());
    assertEquals(3 * 7 * 2, adapter.state().size());
    float[] down =
        adapter.state().get("base_model.model.model.layers.2.mlp.down_proj.lora_A.weight");
    assertEquals(3 * 53, down.length);
    PeftAdapter partial = PeftFolder.read(GOLDEN.resolve("tied-adapter"), golden("tied"));
    assertEquals(new AdapterShape(2, 2, List.of("q_proj", "v_proj")), partial.shape());
    assertEquals(2 * 2 * 2, partial.state().size());
  }

  @Test
  void whatIsWrittenAgainHasTheBytesOfPeft() throws IOException {
    PeftAdapter adapter = PeftFolder.read(GOLDEN.resolve("grouped-adapter"), golden("grouped"));
    Path folder = parent.resolve("again");
    PeftFolder.write(folder, adapter.shape(), golden("grouped"), adapter.state(), "grouped");
    assertArrayEquals(
        Files.readAllBytes(GOLDEN.resolve("grouped-adapter/adapter_model.safetensors")),
        Files.readAllBytes(folder.resolve("adapter_model.safetensors")));
    JsonNode expected =
        JSON.readTree(GOLDEN.resolve("grouped-adapter/adapter_config.json").toFile());
    JsonNode found = JSON.readTree(folder.resolve("adapter_config.json").toFile());
    found
        .properties()
        .forEach(setting -> assertSameValue(setting.getKey(), expected, setting.getValue()));
  }

  /** Numbers count by value: PEFT keeps an alpha given as 7.0. */
  private static void assertSameValue(String key, JsonNode expected, JsonNode found) {
    if (found.isNumber()) {
      assertEquals(expected.path(key).doubleValue(), found.doubleValue(), key);
    } else {
      assertEquals(expected.path(key), found, key);
    }
  }

  @Test
  void whatIsWrittenReadsBackEqualAndTheSameBytesAgain() throws IOException {
    for (AdapterShape shape : List.of(SHAPE, new AdapterShape(1, 0.5, AdapterShape.ALL_TARGETS))) {
      Path folder = parent.resolve("rank" + shape.rank());
      Map<String, float[]> state = state(shape);
      PeftFolder.write(folder, shape, MODEL, state, "models/tiny");
      PeftAdapter adapter = PeftFolder.read(folder, MODEL);
      assertEquals(shape.alpha(), adapter.shape().alpha());
      assertEquals(Set.copyOf(shape.targets()), Set.copyOf(adapter.shape().targets()));
      assertEquals("models/tiny", adapter.base());
      assertEquals(state.keySet(), adapter.state().keySet());
      state.forEach((name, values) -> assertArrayEquals(values, adapter.state().get(name), name));
      Map<String, String> before = contents(folder);
      PeftFolder.write(folder, shape, MODEL, state, "models/tiny");
      assertEquals(before, contents(folder));
      assertEquals(Set.of("adapter_config.json", "adapter_model.safetensors"), before.keySet());
    }
  }

  @Test
  void aFolderThatExistsKeepsItsOtherFiles() throws IOException {
    Path folder = Files.createDirectories(parent.resolve("checkpoint"));
    Files.writeString(folder.resolve("cursor.json"), "{}");
    PeftFolder.write(folder, SHAPE, MODEL, state(SHAPE), "m");
    assertEquals(
        Set.of("cursor.json", "adapter_config.json", "adapter_model.safetensors"),
        contents(folder).keySet());
    assertEquals(Set.of("checkpoint"), names(parent));
  }

  @Test
  void aWriteThatBreaksOffInAnExistingFolderLeavesItRefusedAndNeverMixed() throws IOException {
    Path folder = written("broken");
    Files.delete(folder.resolve("adapter_model.safetensors"));
    Path obstacle = Files.createDirectories(folder.resolve("adapter_model.safetensors/obstacle"));
    assertThrows(
        IOException.class, () -> PeftFolder.write(folder, SHAPE, MODEL, state(SHAPE), "m"));
    Files.delete(obstacle);
    Files.delete(obstacle.getParent());
    assertRefusedRead(folder, MODEL, "is no PEFT adapter: it has no adapter_config.json");
    assertEquals(Set.of("broken"), names(parent));
  }

  @Test
  void valuesThatDoNotFitLeaveNothingBehind() throws IOException {
    Path folder = parent.resolve("adapter");
    String name = "base_model.model.model.layers.1.self_attn.q_proj.lora_B.weight";
    Map<String, float[]> state = state(SHAPE);
    float[] values = state.remove(name);
    assertRefusedWrite(folder, state, "no values for " + name + ", which has the shape (4, 2)");
    state.put(name, new float[values.length + 1]);
    assertRefusedWrite(folder, state, "9 values for " + name);
    state.put(name, values);
    state.put("extra", values);
    assertRefusedWrite(folder, state, "extra is no tensor of this model");
    AdapterShape unknown = new AdapterShape(2, 6, List.of("lm_head"));
    assertThrows(
        IllegalArgumentException.class,
        () -> PeftFolder.write(folder, unknown, MODEL, Map.of(), "m"));
    assertEquals(Set.of(), names(parent));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aCopyOfAPrivateAdapterIsReadableAsItsFolderIs() throws IOException {
    Path tensors = written("private").resolve("adapter_model.safetensors");
    Files.setPosixFilePermissions(tensors, PosixFilePermissions.fromString("rw-------"));
    Path copy = parent.resolve("copy");
    PeftFolder.copy(parent.resolve("private"), copy, "m", ExportTexts.none("x"));
    assertArrayEquals(
        Files.readAllBytes(tensors), Files.readAllBytes(copy.resolve("adapter_model.safetensors")));
    assertEquals(
        Files.getPosixFilePermissions(copy.resolve("adapter_config.json")),
        Files.getPosixFilePermissions(copy.resolve("adapter_model.safetensors")));
  }

  @Test
  void aTargetThatCannotBeAFolderIsRefused() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "");
    assertRefusedWrite(file, state(SHAPE), "is a file: name a folder");
    assertRefusedWrite(parent.getRoot(), state(SHAPE), "name a folder inside another");
  }

  @Test
  void anAdapterOfAnotherRankOrBaseSaysWhichTensorDiffers() throws IOException {
    Path folder = written("rank");
    change(folder, "\"r\":4");
    assertRefusedRead(
        folder,
        MODEL,
        "has shape (2, 4) instead of (4, 4): adapter_config.json states another rank, r = 4");
    ModelConfig wider = new ModelConfig(5, 6, 3, 2, 3, 1, 2, 1e-6, 10000, true, 8);
    assertRefusedRead(
        written("wide"),
        wider,
        "has shape (2, 4) instead of (2, 6): the adapter was made for a base of other sizes");
    ModelConfig deeper = new ModelConfig(5, 4, 3, 3, 2, 1, 2, 1e-6, 10000, true, 8);
    assertRefusedRead(written("deep"), deeper, "has no tensor base_model.model.model.layers.2");
    ModelConfig flatter = new ModelConfig(5, 4, 3, 1, 2, 1, 2, 1e-6, 10000, true, 8);
    assertRefusedRead(
        written("flat"),
        flatter,
        "layers.1.mlp.down_proj.lora_A.weight has no place in this model");
  }

  @Test
  void anIncompleteFolderSaysWhatIsMissing() throws IOException {
    Path folder = written("incomplete");
    Files.delete(folder.resolve("adapter_model.safetensors"));
    assertMissing(folder.resolve("adapter_model.safetensors"), folder);
    Files.writeString(folder.resolve("adapter_model.bin"), "");
    assertRefusedRead(
        folder, MODEL, "adapter_model.bin, which is never read, because loading it can run code");
    Files.delete(folder.resolve("adapter_config.json"));
    assertRefusedRead(folder, MODEL, "is no PEFT adapter: it has no adapter_config.json");
    Files.writeString(folder.resolve("run.json"), "{}");
    assertRefusedRead(folder, MODEL, "it is a run, which --run incomplete takes");
    Files.writeString(folder.resolve("config.json"), "{}");
    assertRefusedRead(folder, MODEL, "it holds a whole model, which --model takes");
    assertRefusedRead(folder.resolve("none"), MODEL, "it does not exist");
  }

  @Test
  void aTensorBesideTheAdapterIsRefused() throws IOException {
    Path folder = written("extra");
    Map<String, int[]> shapes = new LinkedHashMap<>(AdapterTensors.shapes(MODEL, SHAPE));
    shapes.put("base_model.model.lm_head.weight", new int[] {1});
    new SafetensorsWriter(SafetensorsType.F16)
        .write(
            folder.resolve("adapter_model.safetensors"),
            shapes,
            name -> new float[(int) Shapes.count(shapes.get(name))]);
    assertRefusedRead(
        folder, MODEL, "tensor base_model.model.lm_head.weight has no place in this model");
  }

  private static ModelConfig golden(String name) {
    return ModelConfig.read(GOLDEN.resolve(name));
  }

  private static Map<String, float[]> state(AdapterShape shape) {
    Random random = new Random(3);
    Map<String, float[]> state = new LinkedHashMap<>();
    AdapterTensors.shapes(MODEL, shape)
        .forEach(
            (name, sizes) -> {
              float[] values = new float[(int) Shapes.count(sizes)];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
              }
              state.put(name, values);
            });
    return state;
  }

  private Path written(String name) throws IOException {
    Path folder = parent.resolve(name);
    PeftFolder.write(folder, SHAPE, MODEL, state(SHAPE), "m");
    return folder;
  }

  private static void change(Path folder, String setting) throws IOException {
    Path file = folder.resolve("adapter_config.json");
    ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
    config.setAll((ObjectNode) JSON.readTree("{" + setting + "}"));
    Files.writeString(file, config.toString());
  }

  private static void assertMissing(Path file, Path folder) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> PeftFolder.read(folder, MODEL))
            .getMessage();
    assertEquals("there is no file " + file, message);
  }

  private static void assertRefusedRead(Path folder, ModelConfig model, String part) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> PeftFolder.read(folder, model))
            .getMessage();
    assertEquals(0, message.lastIndexOf(folder.toString()), message);
    assertTrue(message.contains(part), message);
  }

  private static void assertRefusedWrite(Path folder, Map<String, float[]> state, String part) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> PeftFolder.write(folder, SHAPE, MODEL, state, "m"))
            .getMessage();
    assertTrue(message.contains(folder.toString()), message);
    assertTrue(message.contains(part), message);
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new LinkedHashMap<>();
    for (String name : names(folder)) {
      contents.put(name, HexFormat.of().formatHex(Files.readAllBytes(folder.resolve(name))));
    }
    return contents;
  }
}
