package rft.policy;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What differs between the families of decoders that this product computes: names, the defaults of
 * transformers, and which extra tensors a layer has. Everything else is the same for all of them.
 */
public enum Family {
  /** Llama, and what follows it: SmolLM2, TinyLlama, Llama 3. */
  LLAMA("LlamaForCausalLM", "llama", false, false),

  /** Qwen2 and Qwen2.5: biases on query, key and value. */
  QWEN2("Qwen2ForCausalLM", "qwen2", true, false),

  /** Qwen3: queries and keys are normed head by head. */
  QWEN3("Qwen3ForCausalLM", "qwen3", false, true);

  private final String architecture;
  private final String modelType;
  private final boolean biasedInputs;
  private final boolean headNorms;

  /** Sizes that config.json may leave out; a head width of 0 follows from the others. */
  record Sizes(int vocabulary, int intermediate, int maxPositions, int headDim) {}

  Family(String architecture, String modelType, boolean biasedInputs, boolean headNorms) {
    this.architecture = architecture;
    this.modelType = modelType;
    this.biasedInputs = biasedInputs;
    this.headNorms = headNorms;
  }

  /** Returns the class of transformers, as in {@code architectures}. */
  public String architecture() {
    return architecture;
  }

  /** Returns the name in {@code model_type}; also that of GGUF's {@code general.architecture}. */
  public String modelType() {
    return modelType;
  }

  /** Returns whether the projections to query, key and value always have biases. */
  boolean biasedInputs() {
    return biasedInputs;
  }

  /** Returns whether a layer norms the heads of queries and keys. */
  boolean headNorms() {
    return headNorms;
  }

  Sizes sizes() {
    return this == LLAMA
        ? new Sizes(32000, 11008, 2048, 0)
        : new Sizes(151936, 22016, 32768, this == QWEN3 ? 128 : 0);
  }

  /** Returns the family of a name in {@code architectures}, or null. */
  static @Nullable Family ofArchitecture(String name) {
    return Arrays.stream(values()).filter(f -> f.architecture.equals(name)).findAny().orElse(null);
  }

  /** Returns the family of a name in {@code model_type}, or null. */
  static @Nullable Family ofType(String name) {
    return Arrays.stream(values()).filter(f -> f.modelType.equals(name)).findAny().orElse(null);
  }

  /** Returns the classes of transformers that can be computed. */
  static List<String> architectures() {
    return Arrays.stream(values()).map(Family::architecture).toList();
  }
}
