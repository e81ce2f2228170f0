package rft.policy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sizes of a Llama-family decoder: RMSNorm, rotary embedding over split halves, SwiGLU,
 * grouped-query attention, no biases.
 *
 * @param vocabulary number of token ids
 * @param hidden width of the residual stream
 * @param intermediate inner width of the feed-forward block
 * @param layers number of blocks
 * @param heads query heads of a layer
 * @param kvHeads key and value heads of a layer; divides {@code heads}
 * @param headDim width of one head; even, because rotation pairs its halves
 * @param normEpsilon added to the mean square by RMSNorm
 * @param ropeTheta base of the rotation frequencies
 * @param tied whether the output head is the embedding
 * @param maxPositions longest sequence in tokens
 */
public record ModelConfig(
    int vocabulary,
    int hidden,
    int intermediate,
    int layers,
    int heads,
    int kvHeads,
    int headDim,
    double normEpsilon,
    double ropeTheta,
    boolean tied,
    int maxPositions) {
  static final String EMBEDDING = "model.embed_tokens.weight";
  static final String HEAD = "lm_head.weight";

  private static final int MAX_LAYERS = 1000;

  // The cosine and sine tables hold maxPositions x headDim values each.
  private static final int MAX_ROTATIONS = 1 << 28;

  /** Makes a config. */
  public ModelConfig {
    requirePositive("vocabulary", vocabulary);
    requirePositive("hidden", hidden);
    requirePositive("intermediate", intermediate);
    requirePositive("layers", layers);
    requirePositive("heads", heads);
    requirePositive("kvHeads", kvHeads);
    requirePositive("headDim", headDim);
    requirePositive("maxPositions", maxPositions);
    requirePositive("normEpsilon", normEpsilon);
    requirePositive("ropeTheta", ropeTheta);
    if (layers > MAX_LAYERS) {
      throw new IllegalArgumentException("layers (" + layers + ") must be at most " + MAX_LAYERS);
    }
    if (heads % kvHeads != 0) {
      throw new IllegalArgumentException(
          "heads (" + heads + ") must be a multiple of kvHeads (" + kvHeads + ")");
    }
    if (headDim % 2 != 0) {
      throw new IllegalArgumentException(
          "headDim (" + headDim + ") must be even: rotation pairs its halves");
    }
    if ((long) maxPositions * headDim > MAX_ROTATIONS) {
      throw new IllegalArgumentException(
          "maxPositions ("
              + maxPositions
              + ") x headDim ("
              + headDim
              + ") must be at most "
              + MAX_ROTATIONS);
    }
    long widest = Math.max(Math.max(vocabulary, intermediate), (long) heads * headDim);
    if (widest > Integer.MAX_VALUE / hidden) {
      throw new IllegalArgumentException(
          "a tensor of " + widest + " x " + hidden + " values is too large");
    }
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " (" + value + ") must be positive");
    }
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " (" + value + ") must be at least 1");
    }
  }

  /**
   * Returns the config of a Hugging Face folder; absent settings have the values that transformers
   * gives them.
   *
   * @param folder holds {@code config.json}
   * @throws IllegalArgumentException if the file is missing or malformed, or describes anything
   *     this decoder does not compute, naming it
   */
  public static ModelConfig read(Path folder) {
    return LlamaConfig.read(folder);
  }

  /**
   * Requires that a model's tensors are exactly those of this config. A stored head of a tied model
   * is fine as long as it equals the embedding.
   *
   * @throws IllegalArgumentException if a tensor is missing, unknown or of another shape, naming
   *     it, both shapes and the file
   */
  public void check(ModelWeights weights) {
    TensorCheck.check(this, weights);
  }

  /** Returns the shape of every tensor by its Hugging Face name, in the order of computation. */
  public Map<String, int[]> tensorShapes() {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    shapes.put(EMBEDDING, new int[] {vocabulary, hidden});
    for (int layer = 0; layer < layers; layer++) {
      String prefix = "model.layers." + layer + ".";
      shapes.put(prefix + "input_layernorm.weight", new int[] {hidden});
      shapes.put(prefix + "self_attn.q_proj.weight", new int[] {heads * headDim, hidden});
      shapes.put(prefix + "self_attn.k_proj.weight", new int[] {kvHeads * headDim, hidden});
      shapes.put(prefix + "self_attn.v_proj.weight", new int[] {kvHeads * headDim, hidden});
      shapes.put(prefix + "self_attn.o_proj.weight", new int[] {hidden, heads * headDim});
      shapes.put(prefix + "post_attention_layernorm.weight", new int[] {hidden});
      shapes.put(prefix + "mlp.gate_proj.weight", new int[] {intermediate, hidden});
      shapes.put(prefix + "mlp.up_proj.weight", new int[] {intermediate, hidden});
      shapes.put(prefix + "mlp.down_proj.weight", new int[] {hidden, intermediate});
    }
    shapes.put("model.norm.weight", new int[] {hidden});
    if (!tied) {
      shapes.put(HEAD, new int[] {vocabulary, hidden});
    }
    return shapes;
  }

  /** Returns the number of weights; a tied head counts once. */
  public long parameters() {
    return tensorShapes().values().stream().mapToLong(Shapes::count).sum();
  }

  /** Returns the settings as {@code config.json} of a {@code LlamaForCausalLM} has them. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("architectures").add(LlamaConfig.ARCHITECTURE);
    return json.put("model_type", LlamaConfig.MODEL_TYPE)
        .put("vocab_size", vocabulary)
        .put("hidden_size", hidden)
        .put("intermediate_size", intermediate)
        .put("num_hidden_layers", layers)
        .put("num_attention_heads", heads)
        .put("num_key_value_heads", kvHeads)
        .put("head_dim", headDim)
        .put("hidden_act", "silu")
        .put("rms_norm_eps", normEpsilon)
        .put("rope_theta", ropeTheta)
        .put("max_position_embeddings", maxPositions)
        .put("tie_word_embeddings", tied)
        .put("attention_bias", false)
        .put("mlp_bias", false);
  }
}
