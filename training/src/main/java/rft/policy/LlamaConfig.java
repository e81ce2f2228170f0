package rft.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads {@code config.json} as transformers does, and refuses what the decoder would compute
 * differently.
 */
final class LlamaConfig {
  static final String ARCHITECTURE = "LlamaForCausalLM";
  static final String MODEL_TYPE = "llama";

  private static final String SUPPORTED =
      "; supported are decoders of " + ARCHITECTURE + " (model_type \"" + MODEL_TYPE + "\")";

  private final ConfigFile file;

  private LlamaConfig(ConfigFile file) {
    this.file = file;
  }

  static ModelConfig read(Path folder) {
    return new LlamaConfig(ConfigFile.read(folder.resolve("config.json"))).config();
  }

  /** Returns the config; the numbers are the defaults of transformers' LlamaConfig. */
  private ModelConfig config() {
    checkArchitecture();
    checkVariants();
    int hidden = file.integer("hidden_size", 4096);
    int intermediate = file.integer("intermediate_size", 11008);
    int layers = file.integer("num_hidden_layers", 32);
    int heads = file.integer("num_attention_heads", 32);
    int kvHeads = file.integer("num_key_value_heads", heads);
    int headDim = file.integer("head_dim", hidden / Math.max(1, heads));
    int vocabulary = file.integer("vocab_size", 32000);
    int positions = file.integer("max_position_embeddings", 2048);
    double epsilon = file.number("rms_norm_eps", 1e-6);
    double theta = ropeTheta();
    boolean tied = file.flag("tie_word_embeddings", false);
    try {
      return new ModelConfig(
          vocabulary,
          hidden,
          intermediate,
          layers,
          heads,
          kvHeads,
          headDim,
          epsilon,
          theta,
          tied,
          positions);
    } catch (IllegalArgumentException e) {
      throw file.refused(e);
    }
  }

  private void checkArchitecture() {
    String type = file.text("model_type");
    JsonNode architectures = file.value("architectures");
    String architecture = architectures.isMissingNode() ? null : architectures.path(0).asText();
    if (architecture != null && !architecture.equals(ARCHITECTURE)) {
      throw file.refused("unknown architecture " + ConfigFile.shown(architecture) + SUPPORTED);
    }
    if (type == null && architecture == null) {
      throw file.refused("it names neither \"model_type\" nor \"architectures\"" + SUPPORTED);
    }
    if (type != null && !type.equals(MODEL_TYPE)) {
      throw file.refused("unknown model_type \"" + type + "\"" + SUPPORTED);
    }
  }

  private void checkVariants() {
    String activation = file.text("hidden_act");
    if (activation != null && !activation.equals("silu")) {
      throw file.refused("\"hidden_act\" is \"" + activation + "\"; only \"silu\" is supported");
    }
    for (String bias : List.of("attention_bias", "mlp_bias")) {
      if (file.flag(bias, false)) {
        throw file.refused("\"" + bias + "\" is true; projections with biases are not supported");
      }
    }
    if (!file.value("quantization_config").isMissingNode()) {
      throw file.refused(
          "it has a \"quantization_config\"; only F32, F16 and BF16 weights are supported");
    }
    if (file.number("partial_rotary_factor", 1) != 1) {
      throw file.refused("\"partial_rotary_factor\" is not 1; only whole heads are rotated");
    }
    checkRopeType("rope_scaling");
    checkRopeType("rope_parameters");
  }

  private void checkRopeType(String key) {
    JsonNode rope = file.value(key);
    if (rope.isMissingNode()) {
      return;
    }
    if (!rope.isObject()) {
      throw file.refused("\"" + key + "\" must be an object");
    }
    JsonNode type = rope.has("rope_type") ? rope.path("rope_type") : rope.path("type");
    String name = type.isNull() ? "none" : type.asText("none");
    if (!List.of("default", "none", "").contains(name)) {
      throw file.refused(
          "\""
              + key
              + "\" has the type \""
              + ConfigFile.shown(name)
              + "\"; only unscaled rotary embedding is supported");
    }
    if (file.number(rope.path("partial_rotary_factor"), key + ".partial_rotary_factor", 1) != 1) {
      throw file.refused(
          "\"" + key + ".partial_rotary_factor\" is not 1; only whole heads are rotated");
    }
  }

  private double ropeTheta() {
    double outer = file.number("rope_theta", 10000);
    return file.number(
        file.value("rope_parameters").path("rope_theta"), "rope_parameters.rope_theta", outer);
  }
}
