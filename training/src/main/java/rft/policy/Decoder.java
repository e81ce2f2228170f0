package rft.policy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The weights of a Llama-family decoder on a device, and the program that computes with them. */
final class Decoder implements AutoCloseable {
  /** Tensors of one layer, in the order the program expects. */
  private static final List<String> LAYER_TENSORS =
      List.of(
          "input_layernorm",
          "self_attn.q_proj",
          "self_attn.k_proj",
          "self_attn.v_proj",
          "self_attn.o_proj",
          "post_attention_layernorm",
          "mlp.gate_proj",
          "mlp.up_proj",
          "mlp.down_proj");

  private static final String EMBEDDING = "model.embed_tokens.weight";
  private static final String FINAL_NORM = "model.norm.weight";
  private static final String HEAD = "lm_head.weight";

  private final ModelConfig config;
  private final NDManager manager;
  private final TorchProgram program;
  private final Map<String, NDArray> byName;
  private final List<NDArray> weights;
  private final List<NDArray> rope;
  private final NDArray noAdapter;

  private Decoder(
      ModelConfig config, NDManager manager, TorchProgram program, Map<String, NDArray> byName) {
    this.config = config;
    this.manager = manager;
    this.program = program;
    this.byName = byName;
    this.weights = inProgramOrder(config, byName);
    this.rope = rope();
    this.noAdapter = NativeScope.named(manager.create(1f), "a[]");
  }

  /**
   * Where the decoder takes its initial weights from: the values of a tensor by name and shape,
   * row-major.
   */
  interface WeightSource {
    float[] floats(String name, int[] shape);
  }

  /** Returns a decoder on a device with weights from a source. */
  static Decoder load(ModelConfig config, WeightSource source, Device device) {
    NDManager manager = NDManager.newBaseManager(device, "PyTorch");
    try {
      Map<String, NDArray> byName = new LinkedHashMap<>();
      for (Map.Entry<String, int[]> tensor : config.tensorShapes().entrySet()) {
        int[] dims = tensor.getValue();
        FloatBuffer values = FloatBuffer.wrap(source.floats(tensor.getKey(), dims));
        Shape shape = new Shape(Arrays.stream(dims).asLongStream().toArray());
        byName.put(tensor.getKey(), NativeScope.named(manager.create(values, shape), "w[]"));
      }
      TorchProgram program = TorchProgram.load("decoder.torchscript", constants(config), device);
      return new Decoder(config, manager, program, byName);
    } catch (RuntimeException | Error e) {
      manager.close();
      throw e;
    }
  }

  ModelConfig config() {
    return config;
  }

  NDManager manager() {
    return manager;
  }

  TorchProgram program() {
    return program;
  }

  /** Returns the weights in program order; a tied head is the embedding once more. */
  List<NDArray> weights() {
    return weights;
  }

  /** Returns every distinct weight by its Hugging Face name. */
  Map<String, NDArray> byName() {
    return byName;
  }

  /** Returns the cosine and sine tables: (maxPositions, headDim) each. */
  List<NDArray> ropeTables() {
    return rope;
  }

  /** Returns what the program takes in place of the arrays of an adapter. */
  NDArray noAdapter() {
    return noAdapter;
  }

  /**
   * Returns a copy of the weights in program order that later changes to the originals do not
   * reach.
   */
  List<NDArray> frozenCopy() {
    Map<String, NDArray> copies = new LinkedHashMap<>();
    byName.forEach((name, array) -> copies.put(name, NativeScope.named(array.duplicate(), "w[]")));
    return inProgramOrder(config, copies);
  }

  private static List<NDArray> inProgramOrder(ModelConfig config, Map<String, NDArray> byName) {
    List<NDArray> ordered = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      for (String tensor : LAYER_TENSORS) {
        ordered.add(byName.get("model.layers." + layer + "." + tensor + ".weight"));
      }
    }
    ordered.add(byName.get(EMBEDDING));
    ordered.add(byName.get(FINAL_NORM));
    ordered.add(byName.getOrDefault(HEAD, byName.get(EMBEDDING)));
    return List.copyOf(ordered);
  }

  private static Map<String, String> constants(ModelConfig config) {
    int tensors = LAYER_TENSORS.size() * config.layers();
    Map<String, String> constants = new LinkedHashMap<>();
    constants.put("HIDDEN", Integer.toString(config.hidden()));
    constants.put("EPS", Double.toString(config.normEpsilon()));
    constants.put("HEADS", Integer.toString(config.heads()));
    constants.put("KV_HEADS", Integer.toString(config.kvHeads()));
    constants.put("HEAD_DIM", Integer.toString(config.headDim()));
    constants.put("REPEAT", Integer.toString(config.heads() / config.kvHeads()));
    constants.put("QUERY", Integer.toString(config.heads() * config.headDim()));
    constants.put("SCALE", Double.toString(1 / Math.sqrt(config.headDim())));
    constants.put("LAYERS", Integer.toString(config.layers()));
    constants.put("EMBED", Integer.toString(tensors));
    constants.put("NORM", Integer.toString(tensors + 1));
    constants.put("HEAD", Integer.toString(tensors + 2));
    return constants;
  }

  private List<NDArray> rope() {
    int half = config.headDim() / 2;
    float[] cos = new float[config.maxPositions() * config.headDim()];
    float[] sin = new float[cos.length];
    for (int position = 0; position < config.maxPositions(); position++) {
      for (int i = 0; i < half; i++) {
        // Frequencies in float as the reference implementation has them: positions multiply their
        // rounding.
        float frequency = (float) (1 / Math.pow(config.ropeTheta(), (double) i / half));
        float angle = position * frequency;
        int at = position * config.headDim() + i;
        cos[at] = cos[at + half] = (float) Math.cos(angle);
        sin[at] = sin[at + half] = (float) Math.sin(angle);
      }
    }
    Shape shape = new Shape(config.maxPositions(), config.headDim());
    return List.of(
        NativeScope.named(manager.create(cos, shape), "rope[]"),
        NativeScope.named(manager.create(sin, shape), "rope[]"));
  }

  @Override
  public void close() {
    program.close();
    manager.close();
  }
}
