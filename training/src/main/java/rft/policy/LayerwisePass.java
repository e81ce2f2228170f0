package rft.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A forward pass that keeps only the input of each layer, and computes a layer again when the way
 * back reaches it: a third more arithmetic for a small part of the memory.
 *
 * @see <a href="https://arxiv.org/abs/1604.06174">Training Deep Nets with Sublinear Memory Cost</a>
 */
final class LayerwisePass {
  private static final int LISTS_BEGIN = 3; // behind ids, positions and scored

  private final Policy policy;
  private final NativeScope scope;
  private final NDList inputs;
  private final NDList states;

  /**
   * Runs the forward pass.
   *
   * @param inputs arguments of {@code score_packed}
   */
  LayerwisePass(Policy policy, NativeScope scope, NDList inputs) {
    this.policy = policy;
    this.scope = scope;
    this.inputs = inputs;
    this.states = scope.call(policy.scoringProgram(), "layer_inputs", false, inputs);
  }

  /** Returns the hidden states that are scored: (N, H). */
  NDArray hidden() {
    return states.get(states.size() - 1);
  }

  /**
   * Returns the gradient, one array for each that the policy trains.
   *
   * @param weights (N) derivative of the loss by each log-prob
   * @param slope (N, H) derivative of each log-prob by its hidden state
   */
  NDList gradient(NDArray weights, NDArray slope) {
    int layers = policy.config().layers();
    NDArray last = NativeScope.named(states.get(layers), "inputs");
    NDList end = NativeScope.list(weights, slope, last, inputs.get(2), policy.decoder().weights());
    NDArray later = scope.call(policy.scoringProgram(), "norm_gradient", true, end).get(0);
    Map<String, NDArray> found = new HashMap<>();
    for (int layer = layers - 1; layer >= 0; layer--) {
      try (NativeScope inner = scope.inner()) {
        NDArray passed = layer(inner, layer, later, found);
        later = scope.keep(passed);
      }
    }
    return new NDList(policy.trainable().keySet().stream().map(found::get).toList());
  }

  /** Returns the gradient by the layer's input; those by its parameters go into the map. */
  private NDArray layer(NativeScope inner, int layer, NDArray later, Map<String, NDArray> found) {
    List<String> names = new ArrayList<>();
    List<NDArray> parameters = new ArrayList<>();
    policy
        .trainable()
        .forEach(
            (name, array) -> {
              if (name.contains(".layers." + layer + ".")) {
                names.add(name);
                parameters.add(array);
              }
            });
    NDArray passed = NativeScope.named(inner.keep(later), "later");
    NDArray input = NativeScope.named(states.get(layer), "inputs");
    NDArray index = inner.length("layer", layer);
    // An array has one name and the engine tells lists apart by it: these stand in a second list.
    NDList own = NativeScope.list(inner.length("owner", 0), parameters);
    NDList wanted = inner.call(policy.scoringProgram(), "same", true, own);
    wanted.forEach(array -> NativeScope.named(array, "parameters[]"));
    List<NDArray> lists = inputs.subList(LISTS_BEGIN, inputs.size());
    NDList in = NativeScope.list(passed, wanted, input, index, inputs.get(1), lists);
    NDList out = inner.call(policy.scoringProgram(), "layer_gradient", true, in);
    for (int i = 0; i < names.size(); i++) {
      found.put(names.get(i), scope.keep(out.get(i + 1)));
    }
    return out.get(0);
  }
}
