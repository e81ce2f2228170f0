package rft.serving;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import rft.export.PeftAdapter;
import rft.export.PeftFolder;
import rft.policy.Policy;
import rft.policy.SafetensorsFile;
import rft.policy.Variant;

/**
 * Which weights a model id stands for, not yet in memory.
 *
 * @param folder of an adapter, or of weights in place of all; empty for the base model
 * @param full whether it holds all weights
 * @param version tells apart two states of the folder
 */
record Weights(Optional<Path> folder, boolean full, long version) {
  static final Weights BASE = new Weights(Optional.empty(), false, 0);
  private static final String TENSORS = "model.safetensors";

  /**
   * Returns the weights in memory; the caller closes them.
   *
   * @throws IllegalArgumentException if they do not fit the base model, or are damaged
   */
  Variant load(Policy policy) throws IOException {
    if (folder.isEmpty()) {
      return Variant.base(policy);
    }
    if (full) {
      return Variant.replaced(policy, tensors(folder.get().resolve(TENSORS)));
    }
    PeftAdapter adapter = PeftFolder.read(folder.get(), policy.config());
    return Variant.adapted(policy, adapter.shape(), adapter.state());
  }

  private static Map<String, float[]> tensors(Path file) throws IOException {
    Map<String, float[]> tensors = new LinkedHashMap<>();
    try (SafetensorsFile open = SafetensorsFile.open(file)) {
      for (String name : open.names()) {
        tensors.put(name, open.floats(name));
      }
    }
    return tensors;
  }
}
