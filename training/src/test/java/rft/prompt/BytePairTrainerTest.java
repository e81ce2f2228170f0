package rft.prompt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BytePairTrainerTest {
  private static final BytePairTrainer.Settings SETTINGS =
      new BytePairTrainer.Settings(280, ChatFormat.tiny(), 256);
  private static final List<String> TEXTS =
      IntStream.range(0, 200)
          .mapToObj(i -> "What is " + i + " plus " + i + "? Größe 漢字 🙂")
          .toList();

  @TempDir Path folder;

  @Test
  void theMostFrequentPairComesFirst() {
    BytePairModel model = BytePairTrainer.train(List.of("ab ab ab cb"), SETTINGS);
    // " a" and "ab" and " c" ..: "ab" stands three times, Ġ before a twice.
    assertEquals(new BytePairModel.Merge("a", "b"), model.merges().get(0));
    assertEquals(new BytePairModel.Merge("Ġ", "ab"), model.merges().get(1));
    assertEquals(2, model.merges().size(), "no other pair occurs twice");
  }

  @Test
  void ofEquallyFrequentPairsTheSmallestIdsWin() {
    BytePairModel model = BytePairTrainer.train(List.of("xy,ab,xy,ab"), SETTINGS);
    assertEquals(new BytePairModel.Merge("a", "b"), model.merges().get(0));
  }

  @Test
  void mergesCrossNeitherDigitsNorSpecialTokens() {
    List<String> texts = Collections.nCopies(50, "12 12 12<|end|><|end|>x<|end|>");
    assertEquals(List.of(), BytePairTrainer.train(texts, SETTINGS).merges());
  }

  @Test
  void equalTextsInAnyOrderGiveEqualFiles() throws IOException {
    List<String> reversed = new ArrayList<>(TEXTS);
    Collections.reverse(reversed);
    BytePairTrainer.train(TEXTS, SETTINGS).write(folder.resolve("a"));
    BytePairTrainer.train(reversed, SETTINGS).write(folder.resolve("b"));
    for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("a").resolve(file)),
          Files.readAllBytes(folder.resolve("b").resolve(file)));
    }
  }

  @Test
  void whatIsWrittenLoadsAndEveryTextComesBack() {
    BytePairModel model = BytePairTrainer.train(TEXTS, SETTINGS);
    model.write(folder);
    try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
      assertEquals(280, model.vocabulary());
      assertEquals(280, tokenizer.vocabulary());
      for (String text : List.of("", " ", "What is 17 plus 4?", "naïve\n\t\u0000 漢 🙂é", "  a  ")) {
        assertEquals(text, tokenizer.decode(tokenizer.encode(text)));
      }
      assertTrue(tokenizer.encode("What is").length() < "What is".length());
    }
  }

  @Test
  void aVocabularyTooSmallForTheBytesIsRefused() {
    IllegalArgumentException fault =
        assertThrows(
            IllegalArgumentException.class,
            () -> new BytePairTrainer.Settings(262, ChatFormat.tiny(), 256));
    assertTrue(fault.getMessage().contains("must be at least 263"), fault.getMessage());
  }
}
