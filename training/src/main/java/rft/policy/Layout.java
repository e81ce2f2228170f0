package rft.policy;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which tensors of a model lie together in memory, in the order that a program expects.
 *
 * <p>A plain layout has an array for each tensor, so that each can be trained. A fused one joins
 * the projections that read the same input, which makes them one multiplication; it is for weights
 * that stay as they are.
 */
enum Layout {
  PLAIN(
      "plain.torchscript",
      List.of(
          List.of("input_layernorm.weight"),
          List.of("self_attn.q_proj.weight"),
          List.of("self_attn.k_proj.weight"),
          List.of("self_attn.v_proj.weight"),
          List.of("self_attn.o_proj.weight"),
          List.of("post_attention_layernorm.weight"),
          List.of("mlp.gate_proj.weight"),
          List.of("mlp.up_proj.weight"),
          List.of("mlp.down_proj.weight"),
          List.of("self_attn.q_proj.bias"),
          List.of("self_attn.k_proj.bias"),
          List.of("self_attn.v_proj.bias"),
          List.of("self_attn.o_proj.bias"),
          List.of("self_attn.q_norm.weight"),
          List.of("self_attn.k_norm.weight"))),

  FUSED(
      "fused.torchscript",
      List.of(
          List.of("input_layernorm.weight"),
          List.of("self_attn.q_proj.weight", "self_attn.k_proj.weight", "self_attn.v_proj.weight"),
          List.of("self_attn.o_proj.weight"),
          List.of("post_attention_layernorm.weight"),
          List.of("mlp.gate_proj.weight", "mlp.up_proj.weight"),
          List.of("mlp.down_proj.weight"),
          List.of("self_attn.q_proj.bias", "self_attn.k_proj.bias", "self_attn.v_proj.bias"),
          List.of("self_attn.o_proj.bias"),
          List.of("self_attn.q_norm.weight"),
          List.of("self_attn.k_norm.weight")));

  /**
   * From how many weights on a decoder is fused. Below, an operation is too small to be worth two
   * threads: parts of a batch side by side are faster.
   */
  private static final long FUSED_FROM = 10_000_000;

  private final String resource;

  // Of List.of, so immutable.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<List<String>> slots;

  Layout(String resource, List<List<String>> slots) {
    this.resource = resource;
    this.slots = slots;
  }

  /** Returns the layout that suits a model best. */
  static Layout of(ModelConfig config, Precision precision) {
    return precision.isHalf() || config.parameters() >= FUSED_FROM ? FUSED : PLAIN;
  }

  /** Returns whether sampling holds the weights a second time, ordered for the processor. */
  boolean packs(Precision precision, Device device) {
    return this == FUSED && ProcessorTraits.packs(precision, device);
  }

  /** Returns the text of a layer for this layout. */
  String resource() {
    return resource;
  }

  /** Returns what the arrays of one layer hold, in order: names behind {@code model.layers.N.}. */
  List<List<String>> layer(ModelConfig config) {
    Map<String, int[]> shapes = config.tensorShapes();
    return slots.stream().filter(s -> shapes.containsKey("model.layers.0." + s.get(0))).toList();
  }

  /** Returns what every array holds, in program order; a tied head is not among them. */
  List<List<String>> arrays(ModelConfig config) {
    List<List<String>> arrays = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      String prefix = "model.layers." + layer + ".";
      layer(config).forEach(slot -> arrays.add(slot.stream().map(prefix::concat).toList()));
    }
    arrays.add(List.of(ModelConfig.EMBEDDING));
    arrays.add(List.of(ModelConfig.FINAL_NORM));
    if (!config.tied()) {
      arrays.add(List.of(ModelConfig.HEAD));
    }
    return arrays;
  }

  /** Returns where in a layer a tensor's array stands; -1 where the model has no such tensor. */
  int place(ModelConfig config, String name) {
    List<List<String>> layer = layer(config);
    for (int i = 0; i < layer.size(); i++) {
      if (layer.get(i).get(0).equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
