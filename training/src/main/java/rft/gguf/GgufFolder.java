package rft.gguf;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A GGUF file as a model folder: the small texts of a Hugging Face folder beside the file. */
public final class GgufFolder {
  /** The name of the file in the folder, where another model has safetensors. */
  public static final String MODEL = "model.gguf";

  // The line end of the system would give other bytes on Windows.
  private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
  private static final ObjectWriter JSON =
      new ObjectMapper()
          .writer(new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT));

  private GgufFolder() {}

  /**
   * Makes a model folder of a folder that holds a GGUF file: the file is renamed to {@value
   * #MODEL}, and the texts are written beside it. Texts that are there already stay.
   *
   * @param folder nobody else uses it yet
   * @param gguf lies in it
   * @throws IllegalArgumentException if the file is not sound, or holds what is not supported,
   *     naming it; nothing is changed then
   */
  public static void complete(Path folder, Path gguf) throws IOException {
    write(texts(gguf), folder);
    Files.move(gguf, folder.resolve(MODEL));
  }

  private static void write(Map<String, ObjectNode> texts, Path folder) throws IOException {
    for (Map.Entry<String, ObjectNode> text : texts.entrySet()) {
      Path file = folder.resolve(text.getKey());
      if (!Files.exists(file)) {
        String json = JSON.writeValueAsString(text.getValue()) + "\n";
        Files.write(file, json.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static Map<String, ObjectNode> texts(Path gguf) {
    try (GgufWeights weights = GgufWeights.open(gguf)) {
      GgufFile file = weights.file();
      TokenizerText tokenizer = new TokenizerText(file.metadata());
      Architecture architecture = Architecture.of(file.metadata());
      ObjectNode config = new ConfigText(file, architecture).json();
      int rows = config.path("vocab_size").intValue();
      if (tokenizer.vocabulary().ids().values().stream().anyMatch(id -> id >= rows)) {
        throw architecture.refused(
            "has "
                + tokenizer.vocabulary().size()
                + " tokens, and an embedding of "
                + rows
                + " rows");
      }
      Map<String, ObjectNode> texts = new LinkedHashMap<>();
      ObjectNode generation = tokenizer.generation();
      texts.put("config.json", config.setAll(generation));
      texts.put("generation_config.json", generation);
      texts.put("tokenizer.json", tokenizer.tokenizer());
      texts.put(
          "tokenizer_config.json", tokenizer.config(architecture.requireInteger(GgufKeys.CONTEXT)));
      return texts;
    }
  }
}
