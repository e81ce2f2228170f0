package rft.prompt;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A trained byte-pair tokenizer, ready to be written into a model folder. */
public final class BytePairModel {
  /** Two tokens that become one; an earlier merge goes first. */
  record Merge(String left, String right) {}

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final BytePairTrainer.Settings settings;
  private final List<String> tokens;
  private final List<Merge> merges;

  BytePairModel(BytePairTrainer.Settings settings, List<String> tokens, List<Merge> merges) {
    this.settings = settings;
    this.tokens = List.copyOf(tokens);
    this.merges = List.copyOf(merges);
  }

  /** Returns the number of tokens. */
  public int vocabulary() {
    return tokens.size();
  }

  /** Returns the merges in the order they were learned, for tests. */
  List<Merge> merges() {
    return merges;
  }

  /**
   * Writes {@code tokenizer.json} and {@code tokenizer_config.json}, which {@link TextTokenizer},
   * {@link ChatTemplate} and Hugging Face's libraries load. Equal tokenizers give equal bytes.
   *
   * @param folder made if it does not exist; files of these names are replaced
   */
  public void write(Path folder) {
    try {
      Files.createDirectories(folder);
      write(folder.resolve(ModelFolder.TOKENIZER), tokenizer());
      write(folder.resolve(ModelFolder.TOKENIZER_CONFIG), config());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the tokenizer into " + folder, e);
    }
  }

  private static void write(Path file, ObjectNode json) throws IOException {
    String text = JSON.writeValueAsString(json).replace("\r\n", "\n") + "\n";
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private ObjectNode tokenizer() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", "1.0").putNull("truncation").putNull("padding");
    ArrayNode added = json.putArray("added_tokens");
    for (int id = 0; id < settings.format().specialTokens().size(); id++) {
      specialToken(added.addObject().put("id", id), tokens.get(id));
    }
    json.putNull("normalizer");
    ArrayNode steps =
        json.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
    steps.addObject().put("type", "Digits").put("individual_digits", true);
    byteLevel(steps.addObject());
    json.putNull("post_processor");
    byteLevel(json.putObject("decoder"));
    model(json.putObject("model"));
    return json;
  }

  private static void specialToken(ObjectNode token, String content) {
    token
        .put("content", content)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", true);
  }

  private static void byteLevel(ObjectNode step) {
    step.put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", true);
  }

  private void model(ObjectNode model) {
    model
        .put("type", "BPE")
        .putNull("dropout")
        .putNull("unk_token")
        .putNull("continuing_subword_prefix")
        .putNull("end_of_word_suffix")
        .put("fuse_unk", false)
        .put("byte_fallback", false)
        .put("ignore_merges", false);
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < tokens.size(); id++) {
      vocabulary.put(tokens.get(id), id);
    }
    // Old releases of the tokenizers library read this form only, new ones both.
    ArrayNode pairs = model.putArray("merges");
    merges.forEach(merge -> pairs.add(merge.left() + " " + merge.right()));
  }

  private ObjectNode config() {
    ChatFormat format = settings.format();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode added = json.putObject("added_tokens_decoder");
    for (int id = 0; id < format.specialTokens().size(); id++) {
      specialToken(added.putObject(String.valueOf(id)), tokens.get(id));
    }
    return json.put("bos_token", format.begin())
        .put("eos_token", format.end())
        .put("pad_token", format.pad())
        .put("chat_template", format.template())
        .put("clean_up_tokenization_spaces", false)
        .put("model_max_length", settings.contextTokens())
        .put("tokenizer_class", "PreTrainedTokenizerFast");
  }
}
