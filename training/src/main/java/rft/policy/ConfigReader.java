package rft.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code config.json} as transformers does, and refuses what the decoder would compute
 * differently.
 */
final class ConfigReader {
  private static final String SUPPORTED =
      "; supported are decoders of " + String.join(", ", Family.architectures());

  private final ConfigFile file;

  private ConfigReader(ConfigFile file) {
    this.file = file;
  }

  static ModelConfig read(Path folder) {
    Path file = folder.resolve("config.json");
    if (Files.isDirectory(folder) && !(Files.isReadable(folder) && Files.isExecutable(folder))) {
      throw new IllegalArgumentException(
          "the model folder " + folder + " may not be read by you: chmod u+rx " + folder);
    }
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "there is no file "
              + file
              + ": name a folder that holds a model's config.json, tokenizer.json and weights");
    }
    return new ConfigReader(ConfigFile.read(file)).config();
  }

  /** Returns the config; numbers that are the same in all families are transformers' defaults. */
  private ModelConfig config() {
    Family family = family();
    checkVariants(family);
    Family.Sizes sizes = family.sizes();
    int vocabulary = file.integer("vocab_size", sizes.vocabulary());
    int hidden = file.integer("hidden_size", 4096);
    int intermediate = file.integer("intermediate_size", sizes.intermediate());
    int layers = file.integer("num_hidden_layers", 32);
    int heads = file.integer("num_attention_heads", 32);
    int kvHeads = file.integer("num_key_value_heads", family == Family.LLAMA ? heads : 32);
    int width = sizes.headDim() > 0 ? sizes.headDim() : hidden / Math.max(1, heads);
    int headDim = file.integer("head_dim", width);
    int positions = file.integer("max_position_embeddings", sizes.maxPositions());
    double epsilon = file.number("rms_norm_eps", 1e-6);
    double theta = ropeTheta();
    boolean tied = file.flag("tie_word_embeddings", false);
    boolean biased = family != Family.QWEN2 && file.flag("attention_bias", false);
    RopeScaling scaling = ropeScaling();
    return sound(
        () ->
            new ModelConfig(
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
                positions,
                family,
                biased,
                scaling));
  }

  /** Returns what a constructor makes of the settings; what it refuses is named with the file. */
  private <T> T sound(Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (IllegalArgumentException e) {
      throw file.refused(e);
    }
  }

  private Family family() {
    String type = file.text("model_type");
    JsonNode architectures = file.value("architectures");
    boolean absent =
        architectures.isMissingNode() || (architectures.isArray() && architectures.isEmpty());
    String architecture = absent ? null : architectures.path(0).asText();
    if (type == null && architecture == null) {
      throw file.refused("it names neither \"model_type\" nor \"architectures\"" + SUPPORTED);
    }
    Family byArchitecture = architecture == null ? null : Family.ofArchitecture(architecture);
    if (architecture != null && byArchitecture == null) {
      throw file.refused("unknown architecture " + ConfigFile.shown(architecture) + SUPPORTED);
    }
    Family byType = type == null ? byArchitecture : Family.ofType(type);
    if (byType == null) {
      throw file.refused("unknown model_type \"" + type + "\"" + SUPPORTED);
    }
    if (byArchitecture != null && byArchitecture != byType) {
      throw file.refused(
          "\"model_type\" is \"" + type + "\" and \"architectures\" says " + architecture);
    }
    return byType;
  }

  private void checkVariants(Family family) {
    String activation = file.text("hidden_act");
    if (activation != null && !List.of("silu", "swish").contains(activation)) {
      throw file.refused("\"hidden_act\" is \"" + activation + "\"; only \"silu\" is supported");
    }
    if (file.flag("mlp_bias", false)) {
      throw file.refused("\"mlp_bias\" is true; a feed-forward block with biases is not supported");
    }
    if (family != Family.LLAMA && file.flag("use_sliding_window", false)) {
      throw file.refused("\"use_sliding_window\" is true; only full attention is supported");
    }
    JsonNode quantised = file.value("quantization_config");
    if (!quantised.isMissingNode()) {
      throw file.refused(
          "its weights are quantised (\"quantization_config\" says "
              + ConfigFile.shown(quantised.path("quant_method").asText("no method"))
              + "); F32, F16 and BF16 are read: take the model that it was made from, or a GGUF file"
              + " of it");
    }
    if (file.number("partial_rotary_factor", 1) != 1) {
      throw file.refused("\"partial_rotary_factor\" is not 1; only whole heads are rotated");
    }
  }

  /**
   * Returns the scaling of either key; transformers 5 writes it beside the base of the rotation.
   */
  private @Nullable RopeScaling ropeScaling() {
    RopeScaling older = ropeScaling("rope_scaling");
    return older != null ? older : ropeScaling("rope_parameters");
  }

  private @Nullable RopeScaling ropeScaling(String key) {
    JsonNode rope = file.value(key);
    if (rope.isMissingNode()) {
      return null;
    }
    if (!rope.isObject()) {
      throw file.refused("\"" + key + "\" must be an object");
    }
    if (number(rope, key, "partial_rotary_factor", 1) != 1) {
      throw file.refused(
          "\"" + key + ".partial_rotary_factor\" is not 1; only whole heads are rotated");
    }
    JsonNode type = rope.has("rope_type") ? rope.path("rope_type") : rope.path("type");
    String name = type.isNull() ? "none" : type.asText("none");
    if (List.of("default", "none", "").contains(name)) {
      return null;
    }
    double factor = number(rope, key, "factor", Double.NaN);
    if (name.equals("linear")) {
      return sound(() -> RopeScaling.linear(factor));
    }
    if (!name.equals("llama3")) {
      throw file.refused(
          "\"%s\" has the type \"%s\"; supported are default, linear and llama3"
              .formatted(key, ConfigFile.shown(name)));
    }
    double low = number(rope, key, "low_freq_factor", Double.NaN);
    double high = number(rope, key, "high_freq_factor", Double.NaN);
    int original = (int) number(rope, key, "original_max_position_embeddings", 0);
    return sound(() -> RopeScaling.llama3(factor, low, high, original));
  }

  private double number(JsonNode object, String key, String name, double fallback) {
    return file.number(object.path(name), key + "." + name, fallback);
  }

  private double ropeTheta() {
    double outer = file.number("rope_theta", 10000);
    return file.number(
        file.value("rope_parameters").path("rope_theta"), "rope_parameters.rope_theta", outer);
  }
}
