package rft.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.gguf.GgufFolder;
import rft.gguf.RopePairs;
import rft.gguf.TensorNames;
import rft.gguf.TensorType;
import rft.gguf.TokenizerValues;
import rft.policy.Family;
import rft.policy.ModelConfig;
import rft.policy.RopeScaling;
import rft.policy.SafetensorsWriter;

/**
 * A whole model as one GGUF file, which llama.cpp loads, in a folder with the small texts that a
 * model folder has.
 */
public final class GgufModelFolder {
  private static final String ROPE_FACTORS = "rope_freqs.weight";

  private final ModelConfig config;
  private final TensorType type;
  private final SafetensorsWriter.Values values;

  /** Names in the file of tensors that are computed for it, with their values. */
  private final Map<String, float[]> own = new LinkedHashMap<>();

  /** Hugging Face names by name in the file. */
  private final Map<String, String> names = new LinkedHashMap<>();

  private final Map<String, GgufWriter.Tensor> tensors = new LinkedHashMap<>();

  private GgufModelFolder(ModelConfig config, SafetensorsWriter.Values values, TensorType type) {
    this.config = config;
    this.type = type;
    this.values = values;
  }

  /**
   * Writes a model into a new folder, which appears at once and whole.
   *
   * @param values of every tensor of the config by Hugging Face name, asked for once each
   * @param type of the matrices: F32, F16, BF16 or Q8_0; a matrix whose rows are no whole blocks is
   *     stored as F16, norms and biases always as F32
   * @param source folder with the tokenizer
   * @param texts further files by name, for example a README.md; the name of the model is the key
   *     {@code general.name}
   * @throws IllegalArgumentException if the type is not written, or the tokenizer is of a kind that
   *     a GGUF file cannot name
   */
  public static void write(
      Path folder,
      ModelConfig config,
      SafetensorsWriter.Values values,
      TensorType type,
      Path source,
      ExportTexts texts)
      throws IOException {
    if (!GgufBlocks.isWritten(type)) {
      throw new IllegalArgumentException(
          type + " is read, and not written: choose F32, F16, BF16 or Q8_0");
    }
    Map<String, Object> metadata = new GgufMetadata(config, type).of(texts.name());
    metadata.putAll(TokenizerValues.of(source, config.vocabulary()));
    GgufModelFolder model = new GgufModelFolder(config, values, type);
    model.lay();
    try (StagedFolder staged = new StagedFolder(folder, ModelTexts.CONFIG)) {
      Path file = staged.file(GgufFolder.MODEL);
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
        new GgufWriter(metadata, model.tensors).write(out, model::valuesOf);
      }
      ModelTexts.copyTokenizer(source, staged);
      texts.write(staged);
      staged.writeSettings(ModelTexts.settings(config, null, source));
      staged.commit();
    }
  }

  private void lay() {
    RopeScaling scaling = config.ropeScaling();
    if (scaling != null && scaling.kind() == RopeScaling.Kind.LLAMA3) {
      float[] factors = factors(scaling);
      own.put(ROPE_FACTORS, factors);
      tensors.put(ROPE_FACTORS, new GgufWriter.Tensor(TensorType.F32, new int[] {factors.length}));
    }
    config
        .tensorShapes()
        .forEach(
            (name, shape) -> {
              String inFile =
                  TensorNames.inGguf(name)
                      .orElseThrow(
                          () ->
                              new IllegalArgumentException(
                                  "tensor " + name + " has no name in a GGUF file"));
              names.put(inFile, name);
              tensors.put(inFile, new GgufWriter.Tensor(typeOf(shape), shape));
            });
  }

  private TensorType typeOf(int[] shape) {
    if (shape.length == 1) {
      return TensorType.F32;
    }
    return shape[shape.length - 1] % type.blockValues() == 0 ? type : TensorType.F16;
  }

  private float @Nullable [] valuesOf(String inFile) {
    float[] made = own.get(inFile);
    if (made != null) {
      return made;
    }
    float[] found = values.of(names.getOrDefault(inFile, inFile));
    boolean pairs = config.family() == Family.LLAMA && inFile.matches(".*\\.attn_[qk]\\.\\w+");
    return found != null && pairs ? paired(found, tensors.get(inFile)) : found;
  }

  /** Returns the rows in the order in which files of the architecture llama have them. */
  private float[] paired(float[] values, GgufWriter.@Nullable Tensor tensor) {
    int rows = tensor == null ? 1 : tensor.shape()[0];
    int width = values.length / rows;
    RopePairs pairs = new RopePairs(config.headDim());
    float[] moved = new float[values.length];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(values, row * width, moved, pairs.inGguf(row) * width, width);
    }
    return moved;
  }

  /** Returns what each frequency is divided by. */
  private float[] factors(RopeScaling scaling) {
    float[] factors = new float[config.headDim() / 2];
    for (int i = 0; i < factors.length; i++) {
      double frequency = Math.pow(config.ropeTheta(), -2.0 * i / config.headDim());
      factors[i] = (float) (frequency / scaling.scaled(frequency));
    }
    return factors;
  }
}
