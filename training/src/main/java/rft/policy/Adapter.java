package rft.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rft.policy.CounterRandom.Purpose;

/**
 * Low-rank corrections to the projections of a decoder: {@code W x + (alpha / rank) B A x}.
 *
 * @see <a href="https://arxiv.org/abs/2106.09685">LoRA</a>
 */
final class Adapter {
  /** Projections of one layer in program order, with the block they live in. */
  private static final List<String> PROJECTIONS =
      List.of(
          "self_attn.q_proj",
          "self_attn.k_proj",
          "self_attn.v_proj",
          "self_attn.o_proj",
          "mlp.gate_proj",
          "mlp.up_proj",
          "mlp.down_proj");

  private final List<NDArray> arrays;
  private final Map<String, NDArray> trainable;

  private Adapter(List<NDArray> arrays, Map<String, NDArray> trainable) {
    this.arrays = List.copyOf(arrays);
    this.trainable = trainable;
  }

  /**
   * Returns a fresh adapter: A uniform in +-1/sqrt(inputs), B zero, so that it changes nothing yet.
   *
   * @throws IllegalArgumentException if a target names no projection
   */
  static Adapter create(Decoder decoder, AdapterShape shape, long seed) {
    return create(decoder, decoder.manager(), shape, seed);
  }

  /** Returns a fresh adapter whose arrays are freed with their owner. */
  static Adapter create(Decoder decoder, NDManager manager, AdapterShape shape, long seed) {
    for (String target : shape.targets()) {
      if (PROJECTIONS.stream().noneMatch(name -> name.endsWith("." + target))) {
        throw new IllegalArgumentException(
            "adapter target \""
                + target
                + "\" is no projection: choose from "
                + AdapterShape.ALL_TARGETS);
      }
    }
    List<NDArray> arrays = new ArrayList<>();
    Map<String, NDArray> trainable = new LinkedHashMap<>();
    arrays.add(NativeScope.named(manager.create((float) shape.scale()), "a[]"));
    Map<String, int[]> shapes = decoder.config().tensorShapes();
    for (int layer = 0; layer < decoder.config().layers(); layer++) {
      for (String projection : PROJECTIONS) {
        String name = "model.layers." + layer + "." + projection;
        int[] weight = shapes.get(name + ".weight"); // (outputs, inputs)
        if (weight == null
            || !shape.targets().contains(projection.substring(projection.indexOf('.') + 1))) {
          arrays.add(NativeScope.named(manager.zeros(new Shape(0)), "a[]"));
          arrays.add(NativeScope.named(manager.zeros(new Shape(0)), "a[]"));
          continue;
        }
        NDArray down = initialDown(manager, shape.rank(), weight[1], seed, arrays.size());
        NDArray up = manager.zeros(new Shape(weight[0], shape.rank()), DataType.FLOAT32);
        for (NDArray array : List.of(down, up)) {
          array.setRequiresGradient(true);
          arrays.add(NativeScope.named(array, "a[]"));
        }
        trainable.put("base_model.model." + name + ".lora_A.weight", down); // (rank, inputs)
        trainable.put("base_model.model." + name + ".lora_B.weight", up); // (outputs, rank)
      }
    }
    return new Adapter(arrays, trainable);
  }

  private static NDArray initialDown(
      NDManager manager, int rank, long inputs, long seed, int position) {
    float[] values = new float[(int) (rank * inputs)];
    double bound = 1 / Math.sqrt((double) inputs);
    for (int i = 0; i < values.length; i++) {
      double u = CounterRandom.uniform(seed, Purpose.INITIALISE, position, i);
      values[i] = (float) ((2 * u - 1) * bound);
    }
    return manager.create(values, new Shape(rank, inputs));
  }

  /**
   * Returns the scale and then A and B of every projection in program order; both empty where there
   * is no adapter.
   */
  List<NDArray> arrays() {
    return arrays;
  }

  /** Returns the trainable arrays by their PEFT names. */
  Map<String, NDArray> trainable() {
    return trainable;
  }
}
