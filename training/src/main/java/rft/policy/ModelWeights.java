package rft.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import rft.gguf.GgufFolder;
import rft.gguf.GgufWeights;

/**
 * The tensors of a model folder: in one safetensors file, in several with an index, or in a GGUF
 * file, whose tensors have the same names and shapes here.
 */
public final class ModelWeights implements AutoCloseable {
  static final String SINGLE = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";

  private final Path folder;
  private final List<TensorFile> files;
  private final Map<String, TensorFile> fileOf = new LinkedHashMap<>();

  private ModelWeights(Path folder, List<TensorFile> files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * Opens the weights of a folder.
   *
   * @throws IllegalArgumentException if there are none, a file is not sound, or the index disagrees
   *     with the files
   */
  public static ModelWeights open(Path folder) {
    ModelWeights weights = new ModelWeights(folder, new ArrayList<>());
    boolean done = false;
    try {
      if (Files.isRegularFile(folder.resolve(SINGLE))) {
        weights.add(SafetensorsFile.open(folder.resolve(SINGLE)));
      } else if (Files.isRegularFile(folder.resolve(INDEX))) {
        weights.addIndexed();
      } else if (Files.isRegularFile(folder.resolve(GgufFolder.MODEL))) {
        weights.add(new GgufTensors(GgufWeights.open(folder.resolve(GgufFolder.MODEL))));
      } else {
        throw new IllegalArgumentException(absent(folder));
      }
      done = true;
      return weights;
    } finally {
      if (!done) {
        weights.close();
      }
    }
  }

  private static String absent(Path folder) {
    String message =
        folder + " has neither " + SINGLE + " nor " + INDEX + " nor " + GgufFolder.MODEL;
    return pickle(folder)
        .map(
            name ->
                message
                    + "; "
                    + name
                    + " is never read, because loading it can run code: convert it to safetensors")
        .orElse(message);
  }

  private static Optional<String> pickle(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.matches(".*\\.(bin|pt|pth|pkl|ckpt)"))
          .min(Comparator.naturalOrder());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void add(TensorFile file) {
    files.add(file);
    for (String name : file.names()) {
      TensorFile other = fileOf.put(name, file);
      if (other != null) {
        throw new IllegalArgumentException(
            "tensor %s is both in %s and in %s"
                .formatted(ConfigFile.shown(name), other.path(), file.path()));
      }
    }
  }

  private void addIndexed() {
    ConfigFile index = ConfigFile.read(folder.resolve(INDEX));
    Map<String, String> shardOf = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : index.value("weight_map").properties()) {
      shardOf.put(entry.getKey(), shardName(index, entry.getValue()));
    }
    if (shardOf.isEmpty()) {
      throw index.refused("\"weight_map\" names no tensor");
    }
    List<String> shards = shardOf.values().stream().distinct().sorted().toList();
    for (String shard : shards) {
      if (!Files.isRegularFile(folder.resolve(shard))) {
        throw index.refused(
            "shard " + shard + ", which it names, is not there: fetch the model again");
      }
      add(SafetensorsFile.open(folder.resolve(shard)));
    }
    shardOf.forEach(
        (name, shard) -> {
          TensorFile file = fileOf.get(name);
          if (file == null || !file.path().equals(folder.resolve(shard))) {
            throw index.refused(
                "tensor "
                    + ConfigFile.shown(name)
                    + " is not in "
                    + shard
                    + ", as \"weight_map\" says");
          }
        });
  }

  private static String shardName(ConfigFile index, JsonNode value) {
    String name = value.asText();
    if (!value.isTextual() || !name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}\\.safetensors")) {
      throw index.refused(
          "\"weight_map\" names \""
              + ConfigFile.shown(name)
              + "\": only .safetensors files of the same folder are read");
    }
    return name;
  }

  /** Returns the names of all tensors. */
  public Set<String> names() {
    return Collections.unmodifiableSet(fileOf.keySet());
  }

  /**
   * Returns the shape of a tensor, outermost size first.
   *
   * @throws IllegalArgumentException if there is no such tensor
   */
  public int[] shape(String name) {
    return file(name).shape(name);
  }

  /**
   * Returns how the tensors are stored, by the name of the format, with how many weights each has;
   * sorted by name.
   */
  public Map<String, Long> storedTypes() {
    Map<String, Long> types = new TreeMap<>();
    fileOf.forEach(
        (name, file) ->
            types.merge(file.typeName(name), Shapes.count(file.shape(name)), Long::sum));
    return types;
  }

  /**
   * Returns the values of a tensor as float32, row-major.
   *
   * @throws IllegalArgumentException if there is no such tensor
   */
  public float[] floats(String name) {
    return file(name).floats(name);
  }

  /**
   * Returns the same values for a model that is to compute: one that is no number would turn every
   * answer into none.
   *
   * @throws IllegalArgumentException if there is no such tensor, or a value is not finite
   */
  float[] finite(String name) {
    float[] values = floats(name);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            "tensor %s of %s holds %s, with which nothing can be computed: fetch the model again"
                .formatted(name, path(name), value));
      }
    }
    return values;
  }

  /** Returns the file that holds a tensor; the folder if none does. */
  Path path(String name) {
    TensorFile file = fileOf.get(name);
    return file == null ? folder : file.path();
  }

  private TensorFile file(String name) {
    TensorFile file = fileOf.get(name);
    if (file == null) {
      throw new IllegalArgumentException(folder + " has no tensor " + name);
    }
    return file;
  }

  @Override
  public void close() {
    files.forEach(TensorFile::close);
  }
}
