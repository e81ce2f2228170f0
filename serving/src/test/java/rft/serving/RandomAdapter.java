package rft.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import rft.export.PeftFolder;
import rft.policy.AdapterShape;
import rft.policy.CounterRandom;
import rft.policy.CounterRandom.Purpose;
import rft.rollout.LoadedModel;

/** An adapter of the bundled model that changes its answers and means nothing. */
record RandomAdapter(String name) {
  private static final AdapterShape SHAPE = new AdapterShape(4, 8, AdapterShape.ALL_TARGETS);

  /** Returns its folder, whose values depend on its name alone. */
  Path folder() throws IOException {
    Path root = Path.of(System.getProperty("rft.root", ".."), "models", "tiny-chat");
    Path folder = Files.createTempDirectory("adapters").resolve(name);
    try (LoadedModel model = LoadedModel.open(root, "cpu", 1)) {
      model.policy().attachAdapter(SHAPE, name.hashCode());
      Map<String, float[]> state = model.policy().state();
      state.forEach(
          (tensor, values) -> {
            for (int i = 0; i < values.length; i++) {
              values[i] +=
                  (float)
                      (0.03 * CounterRandom.normal(1, Purpose.INITIALISE, tensor.hashCode(), i));
            }
          });
      PeftFolder.write(folder, SHAPE, model.policy().config(), state, "tiny-chat");
    }
    return folder;
  }
}
