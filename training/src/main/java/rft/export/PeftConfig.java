package rft.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rft.policy.AdapterShape;
import rft.policy.ConfigFile;

/**
 * The settings file of an adapter.
 *
 * @param base name or path of the model it was trained on; null if not stated
 */
record PeftConfig(AdapterShape shape, @Nullable String base) {
  /** Settings that say nothing about the computation, or that are checked one by one. */
  private static final Set<String> KNOWN =
      Set.of(
          "auto_mapping",
          "base_model_name_or_path",
          "bias",
          "eva_config",
          "inference_mode",
          "init_lora_weights",
          "lora_alpha",
          "lora_dropout",
          "megatron_core",
          "peft_type",
          "peft_version",
          "qalora_group_size",
          "r",
          "revision",
          "runtime_config",
          "target_modules",
          "task_type");

  /**
   * Ways to start an adapter that also change the base, so that the pair alone is not the
   * correction.
   */
  private static final List<String> CHANGE_BASE = List.of("pissa", "olora", "loftq", "corda");

  static PeftConfig read(Path path) {
    ConfigFile file = ConfigFile.read(path);
    checkText(file, "peft_type", "LORA", true);
    checkText(file, "task_type", "CAUSAL_LM", false);
    checkText(file, "bias", "none", false);
    for (Map.Entry<String, JsonNode> option : file.settings()) {
      if (!KNOWN.contains(option.getKey()) && !isOff(option.getValue())) {
        throw file.refused(
            "the option \""
                + ConfigFile.shown(option.getKey())
                + "\" is set; only plain LoRA is supported");
      }
    }
    String start = file.value("init_lora_weights").asText();
    if (CHANGE_BASE.stream().anyMatch(start::startsWith)) {
      throw file.refused(
          "\"init_lora_weights\" is "
              + ConfigFile.shown(start)
              + ", which changes the base weights; convert the adapter to plain LoRA");
    }
    int rank = file.integer("r", 8);
    double alpha = file.number("lora_alpha", 8);
    List<String> targets = targets(file);
    String base = file.text("base_model_name_or_path");
    try {
      return new PeftConfig(new AdapterShape(rank, alpha, targets), base);
    } catch (IllegalArgumentException e) {
      throw file.refused(e);
    }
  }

  private static void checkText(ConfigFile file, String key, String only, boolean required) {
    String value = file.text(key);
    if (value == null ? required : !value.equals(only)) {
      throw file.refused("\"" + key + "\" is " + value + "; only " + only + " is supported");
    }
  }

  private static boolean isOff(JsonNode value) {
    return value.isContainerNode() ? value.isEmpty() : !value.asBoolean(true);
  }

  /** Returns the targets in the order of a layer; PEFT writes a set, in any order. */
  private static List<String> targets(ConfigFile file) {
    JsonNode node = file.value("target_modules");
    if (!node.isArray()) {
      throw file.refused(
          "\"target_modules\" must be a list of projections out of " + AdapterShape.ALL_TARGETS);
    }
    List<String> named = new ArrayList<>();
    for (JsonNode target : node) {
      if (!AdapterShape.ALL_TARGETS.contains(target.asText())) {
        throw file.refused(
            "\"target_modules\" names something that is no projection; supported are "
                + AdapterShape.ALL_TARGETS);
      }
      named.add(target.asText());
    }
    return AdapterShape.ALL_TARGETS.stream().filter(named::contains).toList();
  }

  /** Returns the settings as PEFT writes them, in the order of their names. */
  static ObjectNode toJson(AdapterShape shape, String base) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("alpha_pattern");
    json.putNull("auto_mapping")
        .put("base_model_name_or_path", base)
        .put("bias", "none")
        .put("fan_in_fan_out", false)
        .put("inference_mode", true)
        .put("init_lora_weights", true)
        .putNull("layers_pattern")
        .putNull("layers_to_transform");
    if (shape.alpha() == Math.rint(shape.alpha()) && shape.alpha() < Integer.MAX_VALUE) {
      json.put(
          "lora_alpha", (int) shape.alpha()); // some readers of this file take whole numbers only
    } else {
      json.put("lora_alpha", shape.alpha());
    }
    json.put("lora_dropout", 0.0)
        .putNull("modules_to_save")
        .put("peft_type", "LORA")
        .put("r", shape.rank());
    json.putObject("rank_pattern");
    json.putNull("revision");
    ArrayNode targets = json.putArray("target_modules");
    shape.targets().stream().sorted().forEach(targets::add);
    return json.put("task_type", "CAUSAL_LM").put("use_dora", false).put("use_rslora", false);
  }
}
