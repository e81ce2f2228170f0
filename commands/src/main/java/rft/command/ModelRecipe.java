package rft.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import rft.loop.PretrainRecipe;
import rft.policy.ModelConfig;

/**
 * Everything that decides a model made from scratch: its shape, its tokenizer and its training.
 *
 * @param shape of the decoder
 * @param tokenizerTexts conversations that the tokenizer is trained on
 * @param training of all weights
 */
record ModelRecipe(ModelConfig shape, long tokenizerTexts, PretrainRecipe training) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  ModelRecipe {
    if (tokenizerTexts < 1) {
      throw new IllegalArgumentException(
          "tokenizerTexts (" + tokenizerTexts + ") must be at least 1");
    }
  }

  /**
   * Returns the recipe of a file.
   *
   * @throws CommandException if the file is no recipe, saying where
   */
  static ModelRecipe read(Path file) throws IOException {
    try {
      return JSON.readValue(file.toFile(), ModelRecipe.class);
    } catch (JsonProcessingException e) {
      throw new CommandException(
          ExitCode.USAGE, "recipe " + file + " cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  /** Returns this recipe with another seed and number of steps; null keeps a value. */
  ModelRecipe with(@Nullable Long seed, @Nullable Integer steps) {
    PretrainRecipe t = training;
    return new ModelRecipe(
        shape,
        tokenizerTexts,
        new PretrainRecipe(
            seed == null ? t.seed() : seed,
            steps == null ? t.steps() : steps,
            t.rowsPerStep(),
            t.learningRate(),
            t.warmupSteps(),
            t.weightDecay(),
            t.promptWeight(),
            t.threads()));
  }
}
