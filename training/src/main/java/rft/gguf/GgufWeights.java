package rft.gguf;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/** The tensors of a GGUF file as a Hugging Face folder has them: names, shapes, order of rows. */
public final class GgufWeights implements AutoCloseable {
  private final GgufFile file;
  private final Map<String, String> inFile;
  private final Architecture architecture;

  private GgufWeights(GgufFile file, Map<String, String> inFile, Architecture architecture) {
    this.file = file;
    this.inFile = inFile;
    this.architecture = architecture;
  }

  /**
   * Opens a file.
   *
   * @throws IllegalArgumentException if it is not sound, its architecture is not supported, or a
   *     tensor has a type that is not read or no place in the architecture, naming it
   */
  public static GgufWeights open(Path path) {
    GgufFile file = GgufFile.open(path);
    boolean done = false;
    try {
      Architecture architecture = Architecture.of(file.metadata());
      GgufWeights weights = new GgufWeights(file, folderNames(file), architecture);
      done = true;
      return weights;
    } finally {
      if (!done) {
        file.close();
      }
    }
  }

  private static Map<String, String> folderNames(GgufFile file) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String name : file.names()) {
      if (!name.equals(TensorNames.ROPE_FACTORS)) {
        names.put(
            TensorNames.inFolder(name)
                .orElseThrow(
                    () ->
                        file.metadata()
                            .refused(
                                "has a tensor "
                                    + Refusal.shown(name)
                                    + ", which has no place in the models that are supported")),
            name);
      }
    }
    return names;
  }

  GgufFile file() {
    return file;
  }

  /** Returns where the file lies. */
  public Path path() {
    return file.path();
  }

  /** Returns the licence that the file states, by its name on hubs; empty if it states none. */
  public Optional<String> licence() {
    return file.metadata().text(GgufKeys.LICENCE);
  }

  /** Returns the Hugging Face names of the tensors, in the order of the file. */
  public Set<String> names() {
    return Collections.unmodifiableSet(inFile.keySet());
  }

  /**
   * Returns the shape of a tensor, outermost size first.
   *
   * @throws IllegalArgumentException if there is no such tensor
   */
  public int[] shape(String name) {
    return file.shape(nameInFile(name));
  }

  /**
   * Returns the number format in which a tensor is stored.
   *
   * @throws IllegalArgumentException if there is no such tensor
   */
  public TensorType type(String name) {
    return file.type(nameInFile(name));
  }

  /**
   * Returns the values of a tensor as float32, row-major, dequantised.
   *
   * @throws IllegalArgumentException if there is no such tensor, or it has more values than one
   *     array holds
   */
  public float[] floats(String name) {
    String stored = nameInFile(name);
    if (!architecture.pairsRows() || !stored.matches("blk\\.\\d+\\.attn_[qk]\\.(weight|bias)")) {
      return file.floats(stored);
    }
    int headDim = architecture.headDim();
    if (file.shape(stored)[0] % headDim != 0) {
      throw file.metadata()
          .refused("has a tensor " + stored + " whose rows are no heads of " + headDim);
    }
    IntUnaryOperator place = new RopePairs(headDim)::inFolder;
    return file.floatsByRow(stored, place);
  }

  private String nameInFile(String name) {
    String stored = inFile.get(name);
    if (stored == null) {
      throw new IllegalArgumentException(file.path() + " has no tensor " + name);
    }
    return stored;
  }

  @Override
  public void close() {
    file.close();
  }
}
