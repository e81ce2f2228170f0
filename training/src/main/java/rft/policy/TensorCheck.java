package rft.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import rft.run.NumberText;

/** Compares the tensors that a config asks for with those of the files. */
final class TensorCheck {
  /** A constant that old checkpoints store beside the weights and that follows from the config. */
  private static final String DERIVED = ".rotary_emb.inv_freq";

  private TensorCheck() {}

  static void check(ModelConfig config, ModelWeights weights) {
    Map<String, int[]> expected = config.tensorShapes();
    List<String> problems = new ArrayList<>();
    expected.forEach((name, shape) -> addIfDifferent(name, shape, weights, problems));
    for (String name : weights.names()) {
      if (config.tied() && name.equals(ModelConfig.HEAD)) {
        addIfUntied(config, weights, problems);
      } else if (!expected.containsKey(name) && !name.endsWith(DERIVED)) {
        problems.add(
            "tensor "
                + ConfigFile.shown(name)
                + " of "
                + weights.path(name)
                + " has no place in the config");
      }
    }
    if (!problems.isEmpty()) {
      int more = problems.size() - 1;
      throw new IllegalArgumentException(
          "config.json and the weights disagree: "
              + problems.get(0)
              + (more == 0 ? "" : " (and " + NumberText.counted(more, "more such problem") + ")"));
    }
  }

  private static void addIfDifferent(
      String name, int[] shape, ModelWeights weights, List<String> problems) {
    if (!weights.names().contains(name)) {
      problems.add(
          "tensor "
              + name
              + " of shape "
              + Shapes.text(shape)
              + " is missing from "
              + weights.path(name)
              + (name.equals(ModelConfig.HEAD)
                  ? ", which is right only where the head is the embedding and config.json says"
                      + " \"tie_word_embeddings\": true"
                  : ""));
      return;
    }
    int[] found = weights.shape(name);
    if (!Arrays.equals(shape, found)) {
      problems.add(
          "tensor %s of %s has shape %s, the config asks for %s"
              .formatted(name, weights.path(name), Shapes.text(found), Shapes.text(shape)));
    }
  }

  private static void addIfUntied(ModelConfig config, ModelWeights weights, List<String> problems) {
    int[] shape = {config.vocabulary(), config.hidden()};
    int before = problems.size();
    addIfDifferent(ModelConfig.HEAD, shape, weights, problems);
    boolean comparable =
        problems.size() == before && weights.names().contains(ModelConfig.EMBEDDING);
    if (comparable
        && !Arrays.equals(
            weights.floats(ModelConfig.HEAD), weights.floats(ModelConfig.EMBEDDING))) {
      problems.add(
          "tie_word_embeddings is true, but %s of %s differs from the embedding"
              .formatted(ModelConfig.HEAD, weights.path(ModelConfig.HEAD)));
    }
  }
}
