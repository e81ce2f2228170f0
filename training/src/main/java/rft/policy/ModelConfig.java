package rft.policy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sizes of a decoder with RMSNorm, rotary embedding over split halves, SwiGLU and grouped-query
 * attention, and the little in which its family differs from others.
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
 * @param family what else a layer has; null is Llama
 * @param attentionBias whether all four projections of attention have biases
 * @param ropeScaling how rotation is stretched; null for not at all
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
    int maxPositions,
    Family family,
    boolean attentionBias,
    @Nullable RopeScaling ropeScaling) {
  static final String EMBEDDING = "model.embed_tokens.weight";
  static final String FINAL_NORM = "model.norm.weight";
  static final String HEAD = "lm_head.weight";

  private static final int MAX_LAYERS = 1000;

  // The cosine and sine tables hold maxPositions x headDim values each.
  private static final int MAX_ROTATIONS = 1 << 28;

  /** Makes a config. */
  public ModelConfig {
    family = Objects.requireNonNullElse(family, Family.LLAMA);
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

  /** Makes the config of a plain Llama: no biases, rotation as it was trained. */
  public ModelConfig(
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
    this(
        vocabulary,
        hidden,
        intermediate,
        layers,
        heads,
        kvHeads,
        headDim,
        normEpsilon,
        ropeTheta,
        tied,
        maxPositions,
        Family.LLAMA,
        false,
        null);
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
    return ConfigReader.read(folder);
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
      putProjection(shapes, prefix + "self_attn.q_proj", heads * headDim, hidden);
      putProjection(shapes, prefix + "self_attn.k_proj", kvHeads * headDim, hidden);
      putProjection(shapes, prefix + "self_attn.v_proj", kvHeads * headDim, hidden);
      putProjection(shapes, prefix + "self_attn.o_proj", hidden, heads * headDim);
      if (family.headNorms()) {
        shapes.put(prefix + "self_attn.q_norm.weight", new int[] {headDim});
        shapes.put(prefix + "self_attn.k_norm.weight", new int[] {headDim});
      }
      shapes.put(prefix + "post_attention_layernorm.weight", new int[] {hidden});
      shapes.put(prefix + "mlp.gate_proj.weight", new int[] {intermediate, hidden});
      shapes.put(prefix + "mlp.up_proj.weight", new int[] {intermediate, hidden});
      shapes.put(prefix + "mlp.down_proj.weight", new int[] {hidden, intermediate});
    }
    shapes.put(FINAL_NORM, new int[] {hidden});
    if (!tied) {
      shapes.put(HEAD, new int[] {vocabulary, hidden});
    }
    return shapes;
  }

  private void putProjection(Map<String, int[]> shapes, String name, int outputs, int inputs) {
    shapes.put(name + ".weight", new int[] {outputs, inputs});
    if (name.endsWith("o_proj") ? attentionBias : biasedInputs()) {
      shapes.put(name + ".bias", new int[] {outputs});
    }
  }

  /** Returns whether the projections to query, key and value have biases. */
  boolean biasedInputs() {
    return attentionBias || family.biasedInputs();
  }

  /** Returns the number of weights; a tied head counts once. */
  public long parameters() {
    return tensorShapes().values().stream().mapToLong(Shapes::count).sum();
  }

  /** Returns the settings as {@code config.json} has them. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("architectures").add(family.architecture());
    json.put("model_type", family.modelType())
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
        .put("attention_bias", attentionBias)
        .put("mlp_bias", false);
    if (ropeScaling != null) {
      json.set("rope_scaling", ropeScaling.toJson());
    }
    return json;
  }
}
