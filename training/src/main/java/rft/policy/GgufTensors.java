package rft.policy;

import java.nio.file.Path;
import java.util.Set;
import rft.gguf.GgufWeights;

/** The tensors of a GGUF file, dequantised as they are read. */
record GgufTensors(GgufWeights weights) implements TensorFile {
  @Override
  public Path path() {
    return weights.path();
  }

  @Override
  public Set<String> names() {
    return weights.names();
  }

  @Override
  public int[] shape(String name) {
    return weights.shape(name);
  }

  @Override
  public String typeName(String name) {
    return weights.type(name).name();
  }

  @Override
  public float[] floats(String name) {
    return weights.floats(name);
  }

  @Override
  public void close() {
    weights.close();
  }
}
