package rft.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import rft.export.PeftFolder;
import rft.policy.AdapterShape;
import rft.policy.Policy;
import rft.policy.SafetensorsFile;
import rft.policy.SafetensorsType;
import rft.policy.SafetensorsWriter;
import rft.rollout.LoadedModel;
import rft.run.AdapterOptions;

/** What a run trained, on disk: an adapter as a PEFT folder, or all weights; always in float32. */
public final class SavedWeights {
  private static final String WEIGHTS = "model.safetensors";

  private SavedWeights() {}

  /** Makes a model that has nothing to train ready to take such weights. */
  public static void prepare(LoadedModel model, AdapterOptions adapter) {
    if (adapter.full()) {
      model.policy().trainAll(false);
    } else {
      model.policy().attachAdapter(shape(adapter), 0);
    }
  }

  /** Writes what the model trains into a folder. */
  static void write(Path folder, LoadedModel model, AdapterOptions adapter) throws IOException {
    Policy policy = model.policy();
    if (adapter.full()) {
      Map<String, float[]> weights = policy.state();
      new SafetensorsWriter(SafetensorsType.F32)
          .write(folder.resolve(WEIGHTS), policy.shapes(), weights::get);
    } else {
      PeftFolder.write(
          folder, shape(adapter), policy.config(), policy.state(), model.folder().toString());
    }
  }

  /**
   * Puts the weights of a folder into a model that trains the same arrays.
   *
   * @throws IllegalArgumentException if they do not fit, or are damaged
   */
  public static void restore(Path folder, LoadedModel model, AdapterOptions adapter)
      throws IOException {
    Policy policy = model.policy();
    policy.restore(
        adapter.full()
            ? tensors(folder.resolve(WEIGHTS))
            : PeftFolder.read(folder, policy.config()).state());
  }

  static AdapterShape shape(AdapterOptions adapter) {
    return new AdapterShape(adapter.rank(), adapter.alpha(), adapter.targets());
  }

  static Map<String, float[]> tensors(Path file) throws IOException {
    Map<String, float[]> tensors = new LinkedHashMap<>();
    try (SafetensorsFile open = SafetensorsFile.open(file)) {
      for (String name : open.names()) {
        tensors.put(name, open.floats(name));
      }
    }
    return tensors;
  }
}
