package rft.gguf;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes the settings of a model as {@code config.json} has them. */
final class ConfigText {
  /** What a file that does not say it means. */
  static final double DEFAULT_THETA = 10000;

  private final GgufFile file;
  private final Architecture architecture;

  ConfigText(GgufFile file, Architecture architecture) {
    this.file = file;
    this.architecture = architecture;
  }

  /**
   * Returns the settings.
   *
   * @throws IllegalArgumentException if one is missing, or the model has what no supported one has
   */
  ObjectNode json() {
    checkParts();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("architectures").add(architecture.kind().className());
    int heads = architecture.requireInteger(GgufKeys.HEADS);
    json.put("model_type", architecture.kind().type())
        .put("vocab_size", rows(TensorNames.EMBEDDING))
        .put("hidden_size", architecture.requireInteger(GgufKeys.HIDDEN))
        .put("intermediate_size", architecture.requireInteger(GgufKeys.INTERMEDIATE))
        .put("num_hidden_layers", architecture.requireInteger(GgufKeys.LAYERS))
        .put("num_attention_heads", heads)
        .put("num_key_value_heads", architecture.integer(GgufKeys.KV_HEADS).orElse(heads))
        .put("head_dim", architecture.headDim())
        .put("hidden_act", "silu")
        .put("rms_norm_eps", architecture.requireNumber(GgufKeys.NORM_EPSILON))
        .put("rope_theta", architecture.number(GgufKeys.ROPE_THETA).orElse(DEFAULT_THETA))
        .put("max_position_embeddings", architecture.requireInteger(GgufKeys.CONTEXT))
        .put("tie_word_embeddings", !file.names().contains(TensorNames.HEAD));
    switch (architecture.kind()) {
      case LLAMA -> json.put("attention_bias", hasBias()).put("mlp_bias", false);
      case QWEN2 -> json.put("use_sliding_window", false);
      case QWEN3 -> json.put("attention_bias", hasBias()).put("use_sliding_window", false);
    }
    new RopeScalingText(architecture)
        .find(file)
        .ifPresent(scaling -> json.set("rope_scaling", scaling));
    return json;
  }

  private boolean hasBias() {
    return file.names().contains("blk.0.attn_q.bias");
  }

  private int rows(String tensor) {
    if (!file.names().contains(tensor)) {
      throw architecture.refused("has no tensor " + tensor + ": it holds no whole model");
    }
    return file.shape(tensor)[0];
  }

  private void checkParts() {
    int experts = architecture.integer(GgufKeys.EXPERTS).orElse(0);
    if (experts > 0) {
      throw architecture.refused(
          "holds a mixture of " + experts + " experts, which is unsupported");
    }
    int headDim = architecture.headDim();
    int valueDim = architecture.integer(GgufKeys.VALUE_DIM).orElse(headDim);
    int rotated = architecture.integer(GgufKeys.ROPE_DIM).orElse(headDim);
    if (valueDim != headDim || rotated != headDim) {
      throw architecture.refused(
          "has heads of %d values for keys, %d for values, %d of them rotated; only one size for all"
                  .formatted(headDim, valueDim, rotated)
              + " is supported");
    }
  }
}
