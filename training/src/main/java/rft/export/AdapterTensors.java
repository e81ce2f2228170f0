package rft.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rft.policy.AdapterShape;
import rft.policy.ModelConfig;

/** The tensors of an adapter as PEFT names them, beside the weight that each pair corrects. */
final class AdapterTensors {
  private AdapterTensors() {}

  /**
   * One corrected weight.
   *
   * @param weight Hugging Face name of the weight: (outputs, inputs)
   */
  record Pair(String weight, int outputs, int inputs) {
    /** Returns the name of A: (rank, inputs). */
    String down() {
      return "base_model.model." + weight.replace(".weight", ".lora_A.weight");
    }

    /** Returns the name of B: (outputs, rank). */
    String up() {
      return "base_model.model." + weight.replace(".weight", ".lora_B.weight");
    }
  }

  /**
   * Returns the corrected weights, in the order of computation.
   *
   * @throws IllegalArgumentException if a target names no projection of the model
   */
  static List<Pair> pairs(ModelConfig config, AdapterShape shape) {
    for (String target : shape.targets()) {
      if (!AdapterShape.ALL_TARGETS.contains(target)) {
        throw new IllegalArgumentException(
            "adapter target \""
                + target
                + "\" is no projection: choose from "
                + AdapterShape.ALL_TARGETS);
      }
    }
    return config.tensorShapes().entrySet().stream()
        .filter(tensor -> isTarget(tensor.getKey(), shape.targets()))
        .map(tensor -> new Pair(tensor.getKey(), tensor.getValue()[0], tensor.getValue()[1]))
        .toList();
  }

  /** Returns the shape of every tensor by its PEFT name. */
  static Map<String, int[]> shapes(ModelConfig config, AdapterShape shape) {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    for (Pair pair : pairs(config, shape)) {
      shapes.put(pair.down(), new int[] {shape.rank(), pair.inputs()});
      shapes.put(pair.up(), new int[] {pair.outputs(), shape.rank()});
    }
    return shapes;
  }

  private static boolean isTarget(String weight, List<String> targets) {
    return targets.stream().anyMatch(target -> weight.endsWith("." + target + ".weight"));
  }
}
