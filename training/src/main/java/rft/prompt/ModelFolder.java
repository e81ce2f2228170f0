package rft.prompt;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The small files of a Hugging Face model folder. */
record ModelFolder(Path path) {
  static final String TOKENIZER = "tokenizer.json";
  static final String TOKENIZER_CONFIG = "tokenizer_config.json";
  static final String GENERATION_CONFIG = "generation_config.json";
  static final String CONFIG = "config.json";
  static final String SPECIAL_TOKENS = "special_tokens_map.json";
  static final String TEMPLATE = "chat_template.jinja";

  private static final ObjectMapper JSON = new ObjectMapper();

  ModelFolder {
    if (!Files.isDirectory(path)) {
      throw new IllegalArgumentException(
          path + " is no folder: name the folder that holds the model's " + TOKENIZER);
    }
  }

  boolean has(String name) {
    return Files.isRegularFile(path.resolve(name));
  }

  /**
   * Returns a file as text, which must exist.
   *
   * @throws IllegalArgumentException if it is not in UTF-8
   */
  String text(String name) {
    try {
      return Files.readString(path.resolve(name), StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          path.resolve(name) + " is not UTF-8 text: save it as UTF-8, or fetch it again", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path.resolve(name), e);
    }
  }

  /**
   * Returns a file as a JSON object; an empty object when the file is absent.
   *
   * @throws IllegalArgumentException if the file is no JSON object
   */
  JsonNode json(String name) {
    if (!has(name)) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(path.resolve(name)));
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (JacksonException e) {
      throw damaged(name, e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path.resolve(name), e);
    }
    throw damaged(name, "it is no JSON object");
  }

  /** Returns the error for a file that does not hold what it should. */
  IllegalArgumentException damaged(String name, String reason) {
    return new IllegalArgumentException(
        path.resolve(name)
            + " is damaged ("
            + reason.replaceAll("\\s+", " ").trim()
            + "): fetch the model again");
  }
}
