package rft.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import rft.policy.ModelConfig;
import rft.policy.ModelWeights;
import rft.run.DurableFile;

/**
 * What a model folder is, read from its config and the heads of its files.
 *
 * @param architecture as transformers call the class
 * @param parameters number of weights, a tied head counted once
 * @param format {@code safetensors} or {@code GGUF}
 * @param types how the weights are stored, the type of most weights first
 * @param bytes of the folder's files
 */
record ModelFacts(
    String architecture, long parameters, String format, List<String> types, long bytes) {
  ModelFacts {
    types = List.copyOf(types);
  }

  /**
   * Returns the facts of a model.
   *
   * @throws IllegalArgumentException if it is not sound or not supported
   */
  static ModelFacts of(Path folder) throws IOException {
    ModelConfig config = ModelConfig.read(folder);
    try (ModelWeights weights = ModelWeights.open(folder)) {
      return of(folder, config, weights);
    }
  }

  static ModelFacts of(Path folder, ModelConfig config, ModelWeights weights) throws IOException {
    List<String> types =
        weights.storedTypes().entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
            .map(Map.Entry::getKey)
            .toList();
    return new ModelFacts(
        config.family().architecture(),
        config.parameters(),
        format(folder),
        types,
        DurableFile.bytes(folder));
  }

  private static String format(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".gguf")) ? "GGUF" : "safetensors";
    }
  }

  /** Returns format and types in one text, for example {@code safetensors BF16}. */
  String stored() {
    return format + " " + String.join(", ", types);
  }
}
