package rft.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rft.policy.GradientTotal;
import rft.policy.Policy;

/**
 * AdamW over what a policy trains, in place on its device. Vectors (norm weights) are not decayed.
 *
 * @see <a href="https://arxiv.org/abs/1711.05101">Decoupled weight decay regularization</a>,
 *     algorithm 2
 */
public final class AdamW implements AutoCloseable {
  private static final double EPSILON = 1e-8;

  private final Policy policy;
  private final double beta1;
  private final double beta2;
  private final double weightDecay;
  private final NDManager manager;
  private final Map<String, NDArray> firstMoments = new LinkedHashMap<>();
  private final Map<String, NDArray> secondMoments = new LinkedHashMap<>();
  private int updates;

  /**
   * Makes an optimizer with zero moments.
   *
   * @param beta1 decay of the mean gradient, in [0, 1)
   * @param beta2 decay of the mean squared gradient, in [0, 1)
   * @param weightDecay share of a weight lost per update and unit of learning rate
   */
  public AdamW(Policy policy, double beta1, double beta2, double weightDecay) {
    if (policy.trainable().isEmpty()) {
      throw new IllegalArgumentException(
          "the policy trains nothing: attach an adapter or train all weights first");
    }
    this.policy = policy;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.weightDecay = weightDecay;
    this.manager = policy.newManager();
    policy
        .trainable()
        .forEach(
            (name, array) -> {
              firstMoments.put(name, moment("m[]", array));
              secondMoments.put(name, moment("v[]", array));
            });
  }

  private NDArray moment(String name, NDArray like) {
    NDArray zeros = manager.zeros(like.getShape(), like.getDataType());
    zeros.setName(name);
    return zeros;
  }

  /**
   * Applies one update.
   *
   * @param gradients one per trained array; an empty total changes nothing and is no update
   * @param learningRate step size
   * @param gradientScale multiplies the gradients first, as gradient clipping asks
   */
  public void step(GradientTotal gradients, double learningRate, double gradientScale) {
    if (gradients.isEmpty()) {
      return;
    }
    updates++;
    float[] hyper = {
      (float) gradientScale,
      (float) learningRate,
      (float) beta1,
      (float) (1 - beta1),
      (float) beta2,
      (float) (1 - beta2),
      (float) (1 - Math.pow(beta1, updates)),
      (float) (1 - Math.pow(beta2, updates)),
      (float) EPSILON,
      (float) (1 - learningRate * weightDecay)
    };
    try (NDManager scope = manager.newSubManager()) {
      NDArray settings = scope.create(hyper);
      settings.setName("hyper");
      NDList in = new NDList(settings);
      in.addAll(policy.trainable().values());
      in.addAll(gradients.arrays());
      in.addAll(firstMoments.values());
      in.addAll(secondMoments.values());
      policy.program().call("adamw", false, in);
    }
  }

  /** Returns how many updates were applied. */
  public int updates() {
    return updates;
  }

  /**
   * Returns a copy of both moments, named {@code m.<name>} and {@code v.<name>}: float32,
   * row-major.
   */
  public Map<String, float[]> state() {
    Map<String, float[]> state = new LinkedHashMap<>();
    firstMoments.forEach((name, array) -> state.put("m." + name, array.toFloatArray()));
    secondMoments.forEach((name, array) -> state.put("v." + name, array.toFloatArray()));
    return state;
  }

  /**
   * Replaces both moments and the update count, all of it or, when it throws, nothing.
   *
   * @throws IllegalArgumentException if a name is missing or a length differs
   */
  public void restore(Map<String, float[]> state, int updateCount) {
    List<Runnable> changes = new ArrayList<>();
    firstMoments.forEach((name, array) -> changes.add(change(array, state, "m." + name)));
    secondMoments.forEach((name, array) -> changes.add(change(array, state, "v." + name)));
    changes.forEach(Runnable::run);
    updates = updateCount;
  }

  private Runnable change(NDArray array, Map<String, float[]> state, String name) {
    float[] values = fitting(array, state, name);
    return () -> policy.program().assign(array, values);
  }

  private static float[] fitting(NDArray array, Map<String, float[]> state, String name) {
    float[] values = state.get(name);
    if (values == null || values.length != array.size()) {
      throw new IllegalArgumentException(
          "the saved optimizer state does not fit: it has "
              + (values == null ? "no" : values.length + " values for")
              + " "
              + name
              + ", "
              + array.size()
              + " are needed");
    }
    return values;
  }

  @Override
  public void close() {
    manager.close();
  }
}
