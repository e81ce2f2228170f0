package rft.command;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import rft.run.CardForm;

/** The forms in which what a run made can be written, each with the types of its weights. */
public enum ExportFormat {
  /** A Hugging Face folder, the adapter merged in. */
  HF(CardForm.Kind.WHOLE, "a Hugging Face folder", List.of("F32", "F16", "BF16")),

  /** One GGUF file, the adapter merged in. */
  GGUF(CardForm.Kind.GGUF, "a GGUF file", List.of("F16", "Q8_0", "F32", "BF16")),

  /** A PEFT folder, which needs the base model. */
  ADAPTER(CardForm.Kind.ADAPTER, "a PEFT adapter", List.of("F32"));

  private final CardForm.Kind kind;
  private final String words;

  // Of List.of, so immutable.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> types;

  ExportFormat(CardForm.Kind kind, String words, List<String> types) {
    this.kind = kind;
    this.words = words;
    this.types = types;
  }

  CardForm.Kind kind() {
    return kind;
  }

  String words() {
    return words;
  }

  /** Returns the types of weights, the usual one first. */
  public List<String> types() {
    return types;
  }

  /**
   * Returns the type that was asked for, or the usual one.
   *
   * @throws CommandException if this format does not have it
   */
  public String type(@Nullable String asked) {
    String type = asked == null ? types.get(0) : asked.toUpperCase(Locale.ROOT);
    if (!types.contains(type)) {
      throw new CommandException(
          ExitCode.USAGE,
          "--type " + asked + " is none of " + this + ": choose from " + String.join(", ", types));
    }
    return type;
  }

  /** Returns what a user writes. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
