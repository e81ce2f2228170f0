package rft.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TextTokenizerTest {
  private static final Path GOLDEN = Path.of("src/test/resources/rft/prompt/bpe");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void aMissingTokenizerIsNamedInOneSentence() {
    IllegalArgumentException fault =
        assertThrows(IllegalArgumentException.class, () -> TextTokenizer.load(folder));
    assertEquals(
        folder.resolve("tokenizer.json")
            + " is missing: a model folder needs its tokenizer in this file",
        fault.getMessage());
    Path nowhere = folder.resolve("nowhere");
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> TextTokenizer.load(nowhere))
            .getMessage()
            .startsWith(nowhere + " is no folder"));
  }

  @Test
  void aDamagedTokenizerIsNamedInOneSentenceHoweverItIsDamaged() throws IOException {
    String whole = Files.readString(GOLDEN.resolve("tokenizer.json"));
    List<String> damages =
        List.of(
            "",
            whole.substring(0, whole.length() / 2),
            "[1, 2]",
            "{\"model\": {\"type\": \"BPE\", \"vocab\": {}}}",
            whole.replace("\"type\" : \"BPE\"", "\"type\" : \"XYZ\""),
            whole.replace("\"Ġ a\"", "\"Ġ nothing\""));
    for (String damage : damages) {
      Files.writeString(folder.resolve("tokenizer.json"), damage);
      String message =
          assertThrows(IllegalArgumentException.class, () -> TextTokenizer.load(folder))
              .getMessage();
      assertTrue(message.startsWith(folder.resolve("tokenizer.json") + " is damaged ("), message);
      assertTrue(message.endsWith("): fetch the model again"), message);
      assertFalse(message.contains("\n"), message);
    }
  }

  @Test
  void noTokenIsAddedAndSpelledSpecialTokensAreRecognised() throws IOException {
    edit(
        "tokenizer.json",
        json -> {
          ObjectNode processor = json.putObject("post_processor");
          processor.put("type", "TemplateProcessing");
          processor
              .putArray("single")
              .addObject()
              .putObject("SpecialToken")
              .put("id", "<|begin|>")
              .put("type_id", 0);
          processor
              .withArray("single")
              .addObject()
              .putObject("Sequence")
              .put("id", "A")
              .put("type_id", 0);
          processor.putArray("pair");
          ObjectNode token = processor.putObject("special_tokens").putObject("<|begin|>");
          token.put("id", "<|begin|>").putArray("ids").add(1);
          token.putArray("tokens").add("<|begin|>");
        });
    try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
      assertEquals(Tokens.of(4, 2), tokenizer.encode("<|user|><|end|>"));
      assertEquals(Tokens.of(), tokenizer.encode(""));
    }
  }

  @Test
  void aTokenizerThatTruncatesAndPadsStillGivesTheWholeText() throws IOException {
    edit(
        "tokenizer.json",
        json -> {
          json.putObject("truncation")
              .put("direction", "Right")
              .put("max_length", 4)
              .put("strategy", "LongestFirst")
              .put("stride", 0);
          ObjectNode padding = json.putObject("padding");
          padding.putObject("strategy").put("Fixed", 16);
          padding
              .put("direction", "Right")
              .putNull("pad_to_multiple_of")
              .put("pad_id", 0)
              .put("pad_type_id", 0)
              .put("pad_token", "<|pad|>");
        });
    try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
      assertEquals(3, tokenizer.encode("<|end|><|end|><|end|>").length());
      assertEquals(5000, tokenizer.encode("<|end|>".repeat(5000)).length());
    }
  }

  @Test
  void everyEndTokenThatAnyFileNamesEndsAnAnswer() throws IOException {
    edit("tokenizer_config.json", json -> {});
    Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": [2, 0]}");
    Files.writeString(folder.resolve("config.json"), "{\"eos_token_id\": 6}");
    try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
      assertEquals(Set.of(0, 2, 6), tokenizer.endTokens());
    }
  }

  @Test
  void aWrittenAnswerEndsAsTheModelsOwnTurnsDo() throws IOException {
    edit("tokenizer_config.json", json -> json.put("eos_token", "<|user|>"));
    Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": [2, 0]}");
    try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
      assertEquals(Set.of(0, 2, 4), tokenizer.endTokens());
      assertEquals(4, tokenizer.endToken());
    }
    edit("tokenizer_config.json", json -> json.putNull("eos_token"));
    try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
      assertEquals(0, tokenizer.endToken());
    }
  }

  @Test
  void anEndTokenSpelledAsAnObjectIsFound() throws IOException {
    edit("tokenizer_config.json", json -> json.putObject("eos_token").put("content", "<|pad|>"));
    try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
      assertEquals(Set.of(0), tokenizer.endTokens());
    }
  }

  @Test
  void noEndTokenIsAnErrorThatSaysWhereToSetIt() throws IOException {
    edit("tokenizer_config.json", json -> json.putNull("eos_token"));
    try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
      String message =
          assertThrows(IllegalArgumentException.class, tokenizer::endTokens).getMessage();
      assertTrue(message.contains("set eos_token in tokenizer_config.json"), message);
    }
  }

  @Test
  void anEndTokenOutsideTheVocabularyIsAnError() throws IOException {
    edit("tokenizer_config.json", json -> {});
    Files.writeString(folder.resolve("config.json"), "{\"eos_token_id\": 512}");
    try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
      String message =
          assertThrows(IllegalArgumentException.class, tokenizer::endTokens).getMessage();
      assertTrue(message.contains("eos_token_id 512 is not in the vocabulary"), message);
    }
  }

  @Test
  void piecesShowTextSpecialTokensAndSingleBytes() {
    try (TextTokenizer tokenizer = TextTokenizer.load(GOLDEN)) {
      assertEquals("<|user|>", tokenizer.piece(4));
      assertEquals("a", tokenizer.piece(7 + 'a' - '!'));
      StringBuilder shown = new StringBuilder();
      for (int id : tokenizer.encode(" has ½ 漢").toArray()) {
        shown.append(tokenizer.piece(id));
      }
      assertEquals(" has <0xC2><0xBD> <0xE6><0xBC><0xA2>", shown.toString());
      assertThrows(IllegalArgumentException.class, () -> tokenizer.piece(512));
      assertThrows(IllegalArgumentException.class, () -> tokenizer.piece(-1));
    }
  }

  @Test
  void decodingLeavesSpecialTokensOutAndRefusesUnknownIds() {
    try (TextTokenizer tokenizer = TextTokenizer.load(GOLDEN)) {
      assertEquals("ab", tokenizer.decode(tokenizer.encode("<|user|>a<|end|>b<|end|>")));
      assertThrows(IllegalArgumentException.class, () -> tokenizer.decode(Tokens.of(512)));
    }
  }

  @Test
  void halfASurrogatePairBecomesTheReplacementCharacter() {
    try (TextTokenizer tokenizer = TextTokenizer.load(GOLDEN)) {
      assertEquals("a\ufffdb", tokenizer.decode(tokenizer.encode("a\ud83db")));
    }
  }

  @Test
  void severalThreadsGetWhatOneThreadGets() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (TextTokenizer tokenizer = TextTokenizer.load(GOLDEN)) {
      List<Future<String>> results = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        String text = "What is " + i + " plus 漢 " + (i * 7);
        results.add(threads.submit(() -> tokenizer.decode(tokenizer.encode(text))));
      }
      for (int i = 0; i < 400; i++) {
        assertEquals("What is " + i + " plus 漢 " + (i * 7), results.get(i).get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aClosedTokenizerSaysSo() {
    TextTokenizer tokenizer = TextTokenizer.load(GOLDEN);
    tokenizer.close();
    tokenizer.close();
    assertTrue(
        assertThrows(IllegalStateException.class, () -> tokenizer.encode("a"))
            .getMessage()
            .endsWith("is closed"));
  }

  @Test
  void djlIsToldToStayOfflineBeforeItLoads() {
    TextTokenizer.load(GOLDEN).close();
    assertEquals("true", System.getProperty("OPT_OUT_TRACKING"));
    assertEquals("true", System.getProperty("ai.djl.offline"));
  }

  /** Copies the golden tokenizer, with one of its files changed. */
  private void edit(String changed, Consumer<ObjectNode> change) throws IOException {
    for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
      ObjectNode json = (ObjectNode) JSON.readTree(GOLDEN.resolve(file).toFile());
      if (file.equals(changed)) {
        change.accept(json);
      }
      JSON.writeValue(folder.resolve(file).toFile(), json);
    }
  }
}
