package rft.export;

import java.util.LinkedHashMap;
import java.util.Map;
import rft.gguf.GgufKeys;
import rft.gguf.TensorType;
import rft.policy.ModelConfig;
import rft.policy.RopeScaling;

/** What a GGUF file says of a model, but for its tokenizer. */
record GgufMetadata(ModelConfig config, TensorType type) {
  private static final int QUANTIZATION_VERSION = 2;

  /** Returns the values by key, in the order of a file. */
  Map<String, Object> of(String name) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(GgufKeys.ARCHITECTURE, config.family().modelType());
    values.put(GgufKeys.TYPE, "model");
    values.put(GgufKeys.NAME, name);
    values.put(GgufKeys.FILE_TYPE, fileType());
    values.put(GgufKeys.QUANTIZATION_VERSION, QUANTIZATION_VERSION);
    put(values, GgufKeys.VOCABULARY, config.vocabulary());
    put(values, GgufKeys.CONTEXT, config.maxPositions());
    put(values, GgufKeys.HIDDEN, config.hidden());
    put(values, GgufKeys.LAYERS, config.layers());
    put(values, GgufKeys.INTERMEDIATE, config.intermediate());
    put(values, GgufKeys.HEADS, config.heads());
    put(values, GgufKeys.KV_HEADS, config.kvHeads());
    put(values, GgufKeys.HEAD_DIM, config.headDim());
    put(values, GgufKeys.VALUE_DIM, config.headDim());
    put(values, GgufKeys.ROPE_DIM, config.headDim());
    put(values, GgufKeys.NORM_EPSILON, (float) config.normEpsilon());
    put(values, GgufKeys.ROPE_THETA, (float) config.ropeTheta());
    RopeScaling scaling = config.ropeScaling();
    if (scaling != null && scaling.kind() == RopeScaling.Kind.LINEAR) {
      put(values, GgufKeys.ROPE_SCALING_TYPE, "linear");
      put(values, GgufKeys.ROPE_SCALING_FACTOR, (float) scaling.factor());
    }
    return values;
  }

  private void put(Map<String, Object> values, String key, Object value) {
    values.put(GgufKeys.of(config.family().modelType(), key), value);
  }

  /** The numbers by which llama.cpp calls files whose matrices are mostly of one type. */
  private int fileType() {
    return switch (type) {
      case F32 -> 0;
      case F16 -> 1;
      case Q8_0 -> 7;
      case BF16 -> 32;
      default -> throw new IllegalArgumentException(type + " is read, and not written");
    };
  }
}
