package rft.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import rft.policy.AdapterShape;
import rft.policy.ModelConfig;
import rft.policy.SafetensorsType;
import rft.policy.SafetensorsWriter;

/** A whole model on disk as the Python library transformers has it. */
public final class HuggingFaceFolder {
  static final String CONFIG = ModelTexts.CONFIG;
  static final String TENSORS = "model.safetensors";

  private HuggingFaceFolder() {}

  /**
   * Writes a model. A new folder appears at once and whole; in a folder that exists the files of
   * the model are replaced and others stay.
   *
   * @param weights values by Hugging Face name, row-major; no head if the model is tied
   * @param type how the values are stored
   * @param source folder whose tokenizer files are copied and whose special token ids are kept
   * @throws IllegalArgumentException if the values do not fit the config or the type, naming the
   *     tensor
   */
  public static void write(
      Path folder,
      ModelConfig config,
      Map<String, float[]> weights,
      SafetensorsType type,
      Path source)
      throws IOException {
    TensorValues.check("model for " + folder, config.tensorShapes(), weights);
    write(folder, config, weights::get, type, source, ExportTexts.none(""));
  }

  /**
   * Writes a model as the other {@code write} does, with its values made one tensor after the
   * other.
   *
   * @param weights asked for once for each tensor of the config
   * @param texts further files
   */
  public static void write(
      Path folder,
      ModelConfig config,
      SafetensorsWriter.Values weights,
      SafetensorsType type,
      Path source,
      ExportTexts texts)
      throws IOException {
    try (StagedFolder staged = new StagedFolder(folder, CONFIG)) {
      new SafetensorsWriter(type).write(staged.file(TENSORS), config.tensorShapes(), weights);
      ModelTexts.copyTokenizer(source, staged);
      texts.write(staged);
      String stored =
          switch (type) {
            case F32 -> "float32";
            case F16 -> "float16";
            case BF16 -> "bfloat16";
          };
      staged.writeSettings(ModelTexts.settings(config, stored, source));
      staged.commit();
    }
  }

  /**
   * Returns weights with an adapter added into them: {@code W + (alpha / rank) B A}. What the
   * adapter leaves alone is the same array as in {@code base}.
   *
   * @param base values by Hugging Face name
   * @param adapter values by PEFT name
   * @throws IllegalArgumentException if the values do not fit the shape and the model, naming the
   *     tensor
   * @see <a href="https://arxiv.org/abs/2106.09685">LoRA</a>, section 4.1
   */
  public static Map<String, float[]> merge(
      ModelConfig config,
      Map<String, float[]> base,
      AdapterShape shape,
      Map<String, float[]> adapter) {
    TensorValues.check("base weights", config.tensorShapes(), base);
    MergedWeights weights = new MergedWeights(config, base::get, shape, adapter);
    Map<String, float[]> merged = new LinkedHashMap<>(base);
    merged.replaceAll((name, values) -> Objects.requireNonNull(weights.of(name)));
    return merged;
  }
}
