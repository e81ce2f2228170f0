package rft.prompt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import rft.dataset.Message;

/**
 * Compares with what the Python libraries make of our corpus and our tokenizer; see {@code
 * src/test/golden/prompt}.
 */
final class BytePairGoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/rft/prompt/bpe");
  private static final Path WRITTEN = Path.of("target/golden-bpe");

  @Test
  void theTrainedTokenizerIsTheOneThatPythonWasShown() throws IOException {
    train().write(WRITTEN);
    for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
      assertArrayEquals(
          Files.readAllBytes(GOLDEN.resolve(file)),
          Files.readAllBytes(WRITTEN.resolve(file)),
          file + " differs from the one in " + WRITTEN.toAbsolutePath());
    }
  }

  @Test
  void theMergesAreThoseThatTheTokenizersLibraryLearns() throws IOException {
    List<String> merges =
        train().merges().stream().map(merge -> merge.left() + " " + merge.right()).toList();
    assertEquals(texts(golden().get("merges")), merges);
  }

  @Test
  void textsGetTheIdsAndComeBackAsInPython() throws IOException {
    try (TextTokenizer tokenizer = TextTokenizer.load(GOLDEN)) {
      for (JsonNode encoding : golden().get("encodings")) {
        String text = encoding.get("text").asText();
        Tokens tokens = tokenizer.encode(text);
        assertEquals(ids(encoding.get("ids")), tokens, text);
        assertEquals(encoding.get("decoded").asText(), tokenizer.decode(tokens));
      }
    }
  }

  @Test
  void theChatOfTransformersHasTheSameTextTokensAndEnd() throws IOException {
    JsonNode chat = golden().get("chat");
    List<Message> messages = List.of(Message.system("Be brief."), Message.user("What is 2 + 2?"));
    String text = ChatTemplate.load(GOLDEN).render(messages, true);
    assertEquals(chat.get("text").asText(), text);
    try (TextTokenizer tokenizer = TextTokenizer.load(GOLDEN)) {
      assertEquals(ids(chat.get("ids")), tokenizer.encode(text));
      assertEquals(Set.of(chat.get("eos").asInt()), tokenizer.endTokens());
    }
  }

  private static BytePairModel train() throws IOException {
    List<String> corpus = List.of(Files.readString(GOLDEN.resolve("corpus.txt")).split("\n", -1));
    return BytePairTrainer.train(corpus, new BytePairTrainer.Settings(512, ChatFormat.tiny(), 256));
  }

  private static JsonNode golden() throws IOException {
    return new ObjectMapper().readTree(GOLDEN.resolve("encodings.json").toFile());
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static Tokens ids(JsonNode list) {
    return Tokens.of(
        StreamSupport.stream(list.spliterator(), false).mapToInt(JsonNode::asInt).toArray());
  }
}
