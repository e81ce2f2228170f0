package rft.run;

import java.util.Optional;

/**
 * The form of the files that a card goes with.
 *
 * @param stored type of the weights, for example {@code BF16}
 * @param base name of the base model
 * @param licence of the base model as its folder states it
 */
public record CardForm(Kind kind, String stored, String base, Optional<String> licence) {
  /** What the files are. */
  public enum Kind {
    ADAPTER("peft"),
    WHOLE("transformers"),
    GGUF("gguf");

    private final String library;

    Kind(String library) {
      this.library = library;
    }

    /** Returns what hubs of models call the library that loads it. */
    String library() {
      return library;
    }
  }

  String words() {
    return switch (kind) {
      case ADAPTER -> "as an adapter in the layout of PEFT (" + stored + ")";
      case WHOLE -> "as a whole model in the layout of Hugging Face (" + stored + ")";
      case GGUF -> "as a whole model in one GGUF file (" + stored + ")";
    };
  }

  /** Returns how it is loaded, in Markdown; the folder of this card is {@code DIR}. */
  String loading() {
    return switch (kind) {
      case ADAPTER ->
          """
          `DIR` is this folder, `BASE` the folder or the name of the base model.

          ```python
          from peft import PeftModel
          from transformers import AutoModelForCausalLM, AutoTokenizer

          tokenizer = AutoTokenizer.from_pretrained("BASE")
          model = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained("BASE"), "DIR")
          ```

          ```sh
          rft chat --model BASE --adapter DIR
          ```
          """;
      case WHOLE ->
          """
          `DIR` is this folder.

          ```python
          from transformers import AutoModelForCausalLM, AutoTokenizer

          tokenizer = AutoTokenizer.from_pretrained("DIR")
          model = AutoModelForCausalLM.from_pretrained("DIR")
          ```

          ```sh
          rft chat --model DIR
          ```
          """;
      case GGUF ->
          """
          `DIR` is this folder; `model.gguf` alone holds weights, tokenizer and chat template.

          ```sh
          llama-cli --model DIR/model.gguf --conversation
          rft chat --model DIR
          ```

          ```python
          from transformers import AutoModelForCausalLM, AutoTokenizer

          tokenizer = AutoTokenizer.from_pretrained("DIR")
          model = AutoModelForCausalLM.from_pretrained("DIR", gguf_file="model.gguf")
          ```
          """;
    };
  }
}
