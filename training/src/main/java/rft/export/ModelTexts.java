package rft.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rft.policy.ConfigFile;
import rft.policy.ModelConfig;

/** The small files of a model folder: settings and tokenizer. */
final class ModelTexts {
  static final String CONFIG = "config.json";

  /** Files about text rather than weights, copied where the source has them. */
  private static final List<String> TOKENIZER_FILES =
      List.of(
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "chat_template.jinja",
          "generation_config.json",
          "vocab.json",
          "merges.txt",
          "tokenizer.model");

  private ModelTexts() {}

  static void copyTokenizer(Path source, StagedFolder staged) throws IOException {
    for (String name : TOKENIZER_FILES) {
      if (Files.isRegularFile(source.resolve(name))) {
        Files.copy(source.resolve(name), staged.file(name));
      }
    }
  }

  /**
   * Returns the settings of a model, with the special tokens of its source.
   *
   * @param stored torch's name of the type of the weights; null to leave it out
   */
  static ObjectNode settings(ModelConfig config, @Nullable String stored, Path source) {
    ObjectNode json = config.toJson();
    if (stored != null) {
      json.put("torch_dtype", stored);
    }
    if (Files.isRegularFile(source.resolve(CONFIG))) {
      ConfigFile from = ConfigFile.read(source.resolve(CONFIG));
      for (String key : List.of("bos_token_id", "eos_token_id", "pad_token_id")) {
        JsonNode id = from.value(key);
        if (id.isIntegralNumber() || id.isArray()) {
          json.set(key, id);
        }
      }
    }
    return json;
  }
}
