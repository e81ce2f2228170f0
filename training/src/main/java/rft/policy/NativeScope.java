package rft.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Owns every native array made while it is open; closing it frees them all.
 *
 * <p>The engine gives a result to the owner of its first operand, so calls go through {@link
 * #call}, which puts an array of this scope first. Long-lived weights therefore never collect
 * intermediates.
 */
final class NativeScope implements AutoCloseable {
  private final NDManager manager;

  NativeScope(NDManager parent) {
    this.manager = parent.newSubManager();
  }

  /** Returns the owner of this scope's arrays. */
  NDManager manager() {
    return manager;
  }

  /** Returns a scope inside this one, for work whose results do not outlive it. */
  NativeScope inner() {
    return new NativeScope(manager);
  }

  NDArray floats(String name, float[] values, long... shape) {
    return named(manager.create(values, new Shape(shape)), name);
  }

  NDArray doubles(String name, double[] values, long... shape) {
    return named(manager.create(values, new Shape(shape)), name);
  }

  NDArray longs(String name, long[] values, long... shape) {
    return named(manager.create(values, new Shape(shape)), name);
  }

  /** Returns an array without content whose only use is its length: (length) float32. */
  NDArray length(String name, int length) {
    return named(manager.zeros(new Shape(length), DataType.FLOAT32), name);
  }

  /** Moves an array of an inner scope to this one, so that it outlives the inner scope. */
  NDArray keep(NDArray array) {
    array.attach(manager);
    return array;
  }

  /**
   * Returns the results of a program method, owned by this scope.
   *
   * @throws IllegalArgumentException if the first input belongs to another scope, which would then
   *     own the results
   */
  NDList call(TorchProgram program, String method, boolean gradients, NDList inputs) {
    if (inputs.get(0).getManager() != manager) {
      throw new IllegalArgumentException(
          "the first input of " + method + " must belong to the scope that calls");
    }
    return program.call(method, gradients, inputs);
  }

  static NDArray named(NDArray array, String name) {
    array.setName(name);
    return array;
  }

  static NDList list(Object... parts) {
    NDList list = new NDList();
    for (Object part : parts) {
      if (part instanceof NDArray array) {
        list.add(array);
      } else if (part instanceof List<?> arrays) {
        arrays.forEach(array -> list.add((NDArray) array));
      } else {
        throw new IllegalArgumentException("not an array or a list of arrays: " + part);
      }
    }
    return list;
  }

  @Override
  public void close() {
    manager.close();
  }
}
