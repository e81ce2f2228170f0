package rft.loop;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import rft.optimizer.AdamW;
import rft.policy.SafetensorsType;
import rft.policy.SafetensorsWriter;
import rft.rollout.LoadedModel;
import rft.run.AdapterOptions;

/**
 * What a checkpoint holds: the trained weights, the optimizer's moments and the cursor. Equal
 * states give equal bytes.
 */
final class TrainingState {
  private static final String OPTIMIZER = "optimizer.safetensors";
  private static final String CURSOR = "cursor.json";
  private static final JsonMapper JSON = new JsonMapper();

  private final LoadedModel model;
  private final AdapterOptions adapter;
  private final AdamW optimizer;

  TrainingState(LoadedModel model, AdapterOptions adapter, AdamW optimizer) {
    this.model = model;
    this.adapter = adapter;
    this.optimizer = optimizer;
  }

  /** Returns whether the weights are those at a cursor: no update has been applied since. */
  boolean isAt(Cursor cursor) {
    return optimizer.updates() == cursor.updates();
  }

  /** Writes every file of a checkpoint into an empty folder. */
  void write(Path folder, Cursor cursor) throws IOException {
    SavedWeights.write(folder, model, adapter);
    Map<String, float[]> moments = optimizer.state();
    Map<String, int[]> shapes = new LinkedHashMap<>();
    model.policy().shapes().forEach((name, shape) -> shapes.put("m." + name, shape));
    model.policy().shapes().forEach((name, shape) -> shapes.put("v." + name, shape));
    new SafetensorsWriter(SafetensorsType.F32)
        .write(folder.resolve(OPTIMIZER), shapes, moments::get);
    Files.write(folder.resolve(CURSOR), JSON.writeValueAsBytes(cursor));
  }

  /**
   * Puts policy and optimizer into the state of a checkpoint and returns its cursor.
   *
   * @throws IllegalArgumentException if the checkpoint does not fit the model or is damaged
   */
  Cursor restore(Path folder) throws IOException {
    SavedWeights.restore(folder, model, adapter);
    Cursor cursor = JSON.readValue(folder.resolve(CURSOR).toFile(), Cursor.class);
    optimizer.restore(SavedWeights.tensors(folder.resolve(OPTIMIZER)), cursor.updates());
    return cursor;
  }
}
