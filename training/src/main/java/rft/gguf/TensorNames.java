package rft.gguf;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names of tensors in a GGUF file and in a Hugging Face folder. */
public final class TensorNames {
  /** What the rotation frequencies are divided by, where a model stretches its context. */
  static final String ROPE_FACTORS = "rope_freqs.weight";

  static final String EMBEDDING = "token_embd.weight";
  static final String HEAD = "output.weight";

  private static final Map<String, String> OUTER =
      Map.of(
          EMBEDDING,
          "model.embed_tokens.weight",
          "output_norm.weight",
          "model.norm.weight",
          HEAD,
          "lm_head.weight");

  private static final Map<String, String> INNER =
      Map.ofEntries(
          Map.entry("attn_norm", "input_layernorm"),
          Map.entry("attn_q", "self_attn.q_proj"),
          Map.entry("attn_k", "self_attn.k_proj"),
          Map.entry("attn_v", "self_attn.v_proj"),
          Map.entry("attn_output", "self_attn.o_proj"),
          Map.entry("attn_q_norm", "self_attn.q_norm"),
          Map.entry("attn_k_norm", "self_attn.k_norm"),
          Map.entry("ffn_norm", "post_attention_layernorm"),
          Map.entry("ffn_gate", "mlp.gate_proj"),
          Map.entry("ffn_up", "mlp.up_proj"),
          Map.entry("ffn_down", "mlp.down_proj"));

  private static final Pattern GGUF_LAYER =
      Pattern.compile("blk\\.(\\d+)\\.(\\w+)\\.(weight|bias)");
  private static final Pattern FOLDER_LAYER =
      Pattern.compile("model\\.layers\\.(\\d+)\\.([\\w.]+)\\.(weight|bias)");

  private TensorNames() {}

  /** Returns the Hugging Face name of a tensor of a GGUF file; empty if it has none. */
  public static Optional<String> inFolder(String inGguf) {
    return Optional.ofNullable(OUTER.get(inGguf))
        .or(() -> layer(GGUF_LAYER.matcher(inGguf), INNER, "model.layers."));
  }

  /** Returns the name in a GGUF file of a Hugging Face tensor; empty if it has none. */
  public static Optional<String> inGguf(String inFolder) {
    return Optional.ofNullable(turned(OUTER).get(inFolder))
        .or(() -> layer(FOLDER_LAYER.matcher(inFolder), turned(INNER), "blk."));
  }

  private static Optional<String> layer(Matcher name, Map<String, String> inner, String prefix) {
    return name.matches() && inner.containsKey(name.group(2))
        ? Optional.of(prefix + name.group(1) + "." + inner.get(name.group(2)) + "." + name.group(3))
        : Optional.empty();
  }

  private static Map<String, String> turned(Map<String, String> names) {
    return names.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));
  }
}
