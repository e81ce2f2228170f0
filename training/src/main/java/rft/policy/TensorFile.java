package rft.policy;

import java.nio.file.Path;
import java.util.Set;

/** A file that holds tensors under their Hugging Face names, open for reading. */
interface TensorFile extends AutoCloseable {
  /** Returns where the file lies. */
  Path path();

  /** Returns the names of the tensors. */
  Set<String> names();

  /**
   * Returns the shape of a tensor, outermost size first.
   *
   * @throws IllegalArgumentException if there is no such tensor
   */
  int[] shape(String name);

  /**
   * Returns the name of the number format in which a tensor is stored.
   *
   * @throws IllegalArgumentException if there is no such tensor
   */
  String typeName(String name);

  /**
   * Returns the values of a tensor as float32, row-major.
   *
   * @throws IllegalArgumentException if there is no such tensor
   */
  float[] floats(String name);

  @Override
  void close();
}
