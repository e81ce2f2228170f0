package rft.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import rft.policy.AdapterShape;
import rft.policy.ConfigFile;
import rft.policy.ModelConfig;
import rft.policy.SafetensorsFile;
import rft.policy.SafetensorsType;
import rft.policy.SafetensorsWriter;
import rft.policy.Shapes;

/**
 * An adapter on disk as the Python library PEFT has it: {@code adapter_config.json} and {@code
 * adapter_model.safetensors}.
 *
 * @see <a href="https://huggingface.co/docs/peft/developer_guides/checkpoint">The format</a>
 */
public final class PeftFolder {
  static final String CONFIG = "adapter_config.json";
  static final String TENSORS = "adapter_model.safetensors";

  private PeftFolder() {}

  /**
   * Writes an adapter in float32. A new folder appears at once and whole; in a folder that exists
   * the two files are replaced and others stay.
   *
   * @param state values by PEFT name, as {@link rft.policy.Policy#state} returns them
   * @param base name or path of the model it was trained on, for other tools
   * @throws IllegalArgumentException if the values do not fit the shape and the model, naming the
   *     tensor
   */
  public static void write(
      Path folder, AdapterShape shape, ModelConfig model, Map<String, float[]> state, String base)
      throws IOException {
    Map<String, int[]> shapes = AdapterTensors.shapes(model, shape);
    TensorValues.check("adapter for " + folder, shapes, state);
    try (StagedFolder staged = new StagedFolder(folder, CONFIG)) {
      new SafetensorsWriter(SafetensorsType.F32).write(staged.file(TENSORS), shapes, state::get);
      staged.writeSettings(PeftConfig.toJson(shape, base));
      staged.commit();
    }
  }

  /**
   * Copies an adapter into a new folder, for other tools.
   *
   * @param adapter a PEFT folder; whatever else lies in it is left out
   * @param base name or path of the model it was trained on
   * @throws IllegalArgumentException if the folder is no LoRA adapter
   */
  public static void copy(Path adapter, Path folder, String base, ExportTexts texts)
      throws IOException {
    PeftConfig config = PeftConfig.read(config(adapter));
    try (StagedFolder staged = new StagedFolder(folder, CONFIG)) {
      copyContent(adapter.resolve(TENSORS), staged.file(TENSORS));
      texts.write(staged);
      staged.writeSettings(PeftConfig.toJson(config.shape(), base));
      staged.commit();
    }
  }

  /** Copies what a file holds, not who may read it: checkpoints are private, exports are not. */
  private static void copyContent(Path from, Path to) throws IOException {
    try (OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW)) {
      Files.copy(from, out);
    }
  }

  /**
   * Returns the adapter of a folder.
   *
   * @param model the model it is to work with
   * @throws IllegalArgumentException if the folder is no LoRA adapter, uses an option that would
   *     compute otherwise, or does not fit the model, naming what
   */
  public static PeftAdapter read(Path folder, ModelConfig model) {
    PeftConfig config = PeftConfig.read(config(folder));
    Path tensors = folder.resolve(TENSORS);
    if (!Files.isRegularFile(tensors) && Files.exists(folder.resolve("adapter_model.bin"))) {
      throw new IllegalArgumentException(
          folder
              + " holds adapter_model.bin, which is never read, because loading it can run code:"
              + " save the adapter as safetensors");
    }
    try (SafetensorsFile file = SafetensorsFile.open(tensors)) {
      Map<String, int[]> shapes = AdapterTensors.shapes(model, config.shape());
      checkNames(file, shapes);
      Map<String, float[]> state = new LinkedHashMap<>();
      shapes.forEach(
          (name, shape) -> {
            checkShape(file, name, shape, config.shape().rank());
            state.put(name, file.floats(name));
          });
      return new PeftAdapter(config.shape(), state, config.base());
    }
  }

  /** Returns the settings of an adapter's folder; of another, says what it is. */
  private static Path config(Path folder) {
    Path config = folder.resolve(CONFIG);
    if (Files.isRegularFile(config)) {
      return config;
    }
    String what =
        !Files.exists(folder)
            ? "it does not exist"
            : Files.exists(folder.resolve("config.json"))
                ? "it holds a whole model, which --model takes"
                : Files.exists(folder.resolve("run.json"))
                    ? "it is a run, which --run " + folder.getFileName() + " takes"
                    : "it has no " + CONFIG;
    throw new IllegalArgumentException(folder + " is no PEFT adapter: " + what);
  }

  private static void checkNames(SafetensorsFile file, Map<String, int[]> shapes) {
    for (String name : shapes.keySet()) {
      if (!file.names().contains(name)) {
        throw new IllegalArgumentException(
            file.path()
                + " has no tensor "
                + name
                + ": its base has fewer layers, or its config other targets");
      }
    }
    for (String name : file.names()) {
      if (!shapes.containsKey(name)) {
        throw new IllegalArgumentException(
            file.path()
                + ": tensor "
                + ConfigFile.shown(name)
                + " has no place in this model with the targets of "
                + CONFIG);
      }
    }
  }

  private static void checkShape(SafetensorsFile file, String name, int[] expected, int rank) {
    int[] found = file.shape(name);
    if (Arrays.equals(found, expected)) {
      return;
    }
    int rankAt = name.endsWith(".lora_A.weight") ? 0 : 1;
    boolean otherRank = found.length == 2 && found[1 - rankAt] == expected[1 - rankAt];
    throw new IllegalArgumentException(
        "%s: tensor %s has shape %s instead of %s: %s"
            .formatted(
                file.path(),
                name,
                Shapes.text(found),
                Shapes.text(expected),
                otherRank
                    ? CONFIG + " states another rank, r = " + rank
                    : "the adapter was made for a base of other sizes"));
  }
}
