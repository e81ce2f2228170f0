package rft.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The tensors of a Hugging Face model folder, in one safetensors file or in several with an index.
 */
public final class ModelWeights implements AutoCloseable {
  static final String SINGLE = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";

  private final Path folder;
  private final List<SafetensorsFile> files;
  private final Map<String, SafetensorsFile> fileOf = new LinkedHashMap<>();

  private ModelWeights(Path folder, List<SafetensorsFile> files) {
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
        weights.add(folder.resolve(SINGLE));
      } else if (Files.isRegularFile(folder.resolve(INDEX))) {
        weights.addIndexed();
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
    String message = folder + " has neither " + SINGLE + " nor " + INDEX;
    return Files.exists(folder.resolve("pytorch_model.bin"))
        ? message
            + "; pytorch_model.bin is never read, because loading it can run code: convert it to safetensors"
        : message;
  }

  private void add(Path path) {
    SafetensorsFile file = SafetensorsFile.open(path);
    files.add(file);
    for (String name : file.names()) {
      SafetensorsFile other = fileOf.put(name, file);
      if (other != null) {
        throw new IllegalArgumentException(
            "tensor " + ConfigFile.shown(name) + " is both in " + other.path() + " and in " + path);
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
    for (String shard : Set.copyOf(shardOf.values()).stream().sorted().toList()) {
      add(folder.resolve(shard));
    }
    shardOf.forEach(
        (name, shard) -> {
          SafetensorsFile file = fileOf.get(name);
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
   * Returns the values of a tensor as float32, row-major.
   *
   * @throws IllegalArgumentException if there is no such tensor
   */
  public float[] floats(String name) {
    return file(name).floats(name);
  }

  /** Returns the file that holds a tensor; the folder if none does. */
  Path path(String name) {
    SafetensorsFile file = fileOf.get(name);
    return file == null ? folder : file.path();
  }

  private SafetensorsFile file(String name) {
    SafetensorsFile file = fileOf.get(name);
    if (file == null) {
      throw new IllegalArgumentException(folder + " has no tensor " + name);
    }
    return file;
  }

  @Override
  public void close() {
    files.forEach(SafetensorsFile::close);
  }
}
