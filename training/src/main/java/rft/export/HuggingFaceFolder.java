package rft.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rft.policy.AdapterShape;
import rft.policy.ConfigFile;
import rft.policy.ModelConfig;
import rft.policy.SafetensorsType;
import rft.policy.SafetensorsWriter;

/** A whole model on disk as the Python library transformers has it. */
public final class HuggingFaceFolder {
  static final String CONFIG = "config.json";
  static final String TENSORS = "model.safetensors";

  /** Files about text rather than weights, copied where the source has them. */
  private static final List<String> TOKENIZER_FILES =
      List.of(
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "chat_template.jinja",
          "generation_config.json",
          "vocab.json",
          "merges.txt",
          "tokenizer.model");

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
    Map<String, int[]> shapes = config.tensorShapes();
    TensorValues.check("model for " + folder, shapes, weights);
    try (StagedFolder staged = new StagedFolder(folder, CONFIG)) {
      new SafetensorsWriter(type).write(staged.file(TENSORS), shapes, weights::get);
      for (String name : TOKENIZER_FILES) {
        if (Files.isRegularFile(source.resolve(name))) {
          Files.copy(source.resolve(name), staged.file(name));
        }
      }
      staged.writeSettings(settings(config, type, source.resolve(CONFIG)));
      staged.commit();
    }
  }

  private static ObjectNode settings(ModelConfig config, SafetensorsType type, Path source) {
    ObjectNode json = config.toJson();
    json.put(
        "torch_dtype",
        switch (type) {
          case F32 -> "float32";
          case F16 -> "float16";
          case BF16 -> "bfloat16";
        });
    if (Files.isRegularFile(source)) {
      ConfigFile from = ConfigFile.read(source);
      for (String key : List.of("bos_token_id", "eos_token_id", "pad_token_id")) {
        JsonNode id = from.value(key);
        if (id.isIntegralNumber() || id.isArray()) {
          json.set(key, id);
        }
      }
    }
    return json;
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
    TensorValues.check("adapter", AdapterTensors.shapes(config, shape), adapter);
    Map<String, float[]> merged = new LinkedHashMap<>(base);
    float scale = (float) (shape.alpha() / shape.rank());
    for (AdapterTensors.Pair pair : AdapterTensors.pairs(config, shape)) {
      float[] down = TensorValues.get(adapter, pair.down());
      float[] up = TensorValues.get(adapter, pair.up());
      float[] weight = TensorValues.get(base, pair.weight());
      merged.put(pair.weight(), corrected(weight, down, up, pair.inputs(), scale));
    }
    return merged;
  }

  private static float[] corrected(
      float[] weight, float[] down, float[] up, int inputs, float scale) {
    int outputs = weight.length / inputs;
    int rank = down.length / inputs;
    float[] sum = new float[weight.length]; // (outputs, inputs)
    float[] row = new float[inputs];
    for (int output = 0; output < outputs; output++) {
      Arrays.fill(row, 0);
      for (int r = 0; r < rank; r++) {
        float factor = up[output * rank + r];
        for (int input = 0; input < inputs; input++) {
          row[input] += factor * down[r * inputs + input];
        }
      }
      for (int input = 0; input < inputs; input++) {
        int at = output * inputs + input;
        sum[at] = weight[at] + scale * row[input];
      }
    }
    return sum;
  }
}
