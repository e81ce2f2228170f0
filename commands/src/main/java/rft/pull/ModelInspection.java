package rft.pull;

import java.io.IOException;
import java.nio.file.Path;

/** What a model must be to be kept. */
public interface ModelInspection {
  /**
   * Refuses a model before its weights are fetched.
   *
   * @param folder holds its config, tokenizer and chat template; nothing of a GGUF file
   * @throws IllegalArgumentException if it cannot be used, in one sentence
   */
  void beforeWeights(Path folder) throws IOException;

  /**
   * Refuses or completes a model.
   *
   * @param folder holds all that was fetched; a GGUF file alone is made a model folder here
   * @throws IllegalArgumentException if it cannot be used, in one sentence
   */
  void whole(Path folder) throws IOException;
}
