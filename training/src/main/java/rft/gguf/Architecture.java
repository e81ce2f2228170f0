package rft.gguf;

import java.util.Optional;

/** Which of the supported models a file holds, and its settings. */
final class Architecture {
  /** A kind of model: the name in a file, and that of the class in transformers. */
  enum Kind {
    LLAMA("llama", "LlamaForCausalLM"),
    QWEN2("qwen2", "Qwen2ForCausalLM"),
    QWEN3("qwen3", "Qwen3ForCausalLM");

    private final String type;
    private final String className;

    Kind(String type, String className) {
      this.type = type;
      this.className = className;
    }

    /** Returns {@code model_type}, which is the name in a file, too. */
    String type() {
      return type;
    }

    String className() {
      return className;
    }
  }

  private final Kind kind;
  private final Metadata metadata;

  private Architecture(Kind kind, Metadata metadata) {
    this.kind = kind;
    this.metadata = metadata;
  }

  /**
   * Returns what a file holds.
   *
   * @throws IllegalArgumentException if it is no whole model of a supported architecture
   */
  static Architecture of(Metadata metadata) {
    String type = metadata.text(GgufKeys.TYPE).orElse("model");
    if (!type.equals("model")) {
      throw metadata.refused("holds no model but something of the type " + Refusal.shown(type));
    }
    if (metadata.integer(GgufKeys.SPLIT_COUNT).orElse(1) > 1) {
      throw metadata.refused(
          "is one of "
              + metadata.requireInteger(GgufKeys.SPLIT_COUNT)
              + " parts of a model: make one file of them with llama-gguf-split --merge");
    }
    String name = metadata.requireText(GgufKeys.ARCHITECTURE);
    for (Kind kind : Kind.values()) {
      if (kind.type.equals(name)) {
        return new Architecture(kind, metadata);
      }
    }
    throw metadata.refused(
        "holds a model of the architecture "
            + Refusal.shown(name)
            + "; supported are llama, qwen2 and qwen3");
  }

  Kind kind() {
    return kind;
  }

  /** Returns whether the rows of query and key are stored as {@link RopePairs} has them. */
  boolean pairsRows() {
    return kind == Kind.LLAMA;
  }

  int headDim() {
    return integer(GgufKeys.HEAD_DIM)
        .orElseGet(
            () -> requireInteger(GgufKeys.HIDDEN) / Math.max(1, requireInteger(GgufKeys.HEADS)));
  }

  Optional<Integer> integer(String key) {
    return metadata.integer(GgufKeys.of(kind.type, key));
  }

  int requireInteger(String key) {
    return metadata.requireInteger(GgufKeys.of(kind.type, key));
  }

  Optional<Double> number(String key) {
    return metadata.number(GgufKeys.of(kind.type, key));
  }

  double requireNumber(String key) {
    return metadata.requireNumber(GgufKeys.of(kind.type, key));
  }

  Optional<String> text(String key) {
    return metadata.text(GgufKeys.of(kind.type, key));
  }

  IllegalArgumentException refused(String reason) {
    return metadata.refused(reason);
  }
}
