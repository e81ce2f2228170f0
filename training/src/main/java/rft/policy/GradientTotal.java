package rft.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;

/**
 * The sum of gradients over micro-batches and shards, on the device; not for use by two threads at
 * once, but for {@link #part}.
 */
public final class GradientTotal implements AutoCloseable {
  private final Policy policy;
  private final NativeScope scope;
  private NDList sum = new NDList();

  /** Makes an empty total for what a policy trains. */
  public GradientTotal(Policy policy) {
    this(policy, policy.scope());
  }

  private GradientTotal(Policy policy, NativeScope scope) {
    this.policy = policy;
    this.scope = scope;
  }

  /** Returns an empty total for another thread to fill, which is closed with this one at last. */
  public GradientTotal part() {
    return new GradientTotal(policy, scope.inner());
  }

  /** Adds gradients, one per trained array, and takes ownership of them. */
  void add(NDList gradients) {
    if (sum.isEmpty()) {
      gradients.forEach(array -> scope.keep(NativeScope.named(array, "total[]")));
      sum = gradients;
      return;
    }
    gradients.forEach(array -> NativeScope.named(array, "more[]"));
    NDArray unused = scope.length("unused", 0);
    NDList in = NativeScope.list(sum, gradients);
    scope.call(policy.program(), "accumulate", false, in).close();
    gradients.close();
    unused.close();
  }

  /** Adds another total, which is empty afterwards. */
  public void add(GradientTotal other) {
    if (!other.isEmpty()) {
      NDList moved = other.sum;
      other.sum = new NDList();
      add(moved);
    }
  }

  /** Returns whether nothing was added: the gradient is zero. */
  public boolean isEmpty() {
    return sum.isEmpty();
  }

  /**
   * Returns the Euclidean norm over all arrays; NaN or infinite if a gradient is; one read from the
   * device.
   */
  public double norm() {
    if (sum.isEmpty()) {
      return 0;
    }
    sum.forEach(array -> NativeScope.named(array, "tensors[]"));
    try (NDList squares = scope.call(policy.program(), "squares", false, sum)) {
      double total = 0;
      for (double square : squares.get(0).toDoubleArray()) {
        total += square;
      }
      return Math.sqrt(total);
    }
  }

  /** Returns the arrays in the order of what the policy trains; empty if nothing was added. */
  public List<NDArray> arrays() {
    return new ArrayList<>(sum);
  }

  @Override
  public void close() {
    scope.close();
  }
}
