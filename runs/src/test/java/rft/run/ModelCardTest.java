package rft.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelCardTest {
  private static final CardForm GGUF =
      new CardForm(CardForm.Kind.GGUF, "Q8_0", "a|b <x>", Optional.empty());

  @TempDir Path root;

  @Test
  void theCardTellsBeforeAndAfterAndTheCourse() throws Exception {
    RunFolder folder = SampleRun.written(root, 6);
    try (RunReader run = RunReader.open(folder)) {
      Map<String, String> files = new ModelCard(run, 4, GGUF).files();
      assertEquals(Set.of("README.md", "curve.svg"), files.keySet());
      String card = files.get("README.md");
      for (String part :
          List.of(
              "step 4 of 50, as a whole model in one GGUF file (Q8_0).",
              "| right answers | - | 0.2 | 0.3 |",
              "| 4 | 0.4 | 0.2 |",
              "| 5 | 0.5 |  |",
              "| its licence | not stated in its folder |",
              "train 800, validation 100",
              "llama-cli --model DIR/model.gguf")) {
        assertTrue(card.contains(part), part + " in " + card);
      }
      assertFalse(card.contains("license:"), card);
      assertFalse(card.contains("a|b") && card.contains("<x> "), "marks of a name are taken out");
    }
  }

  @Test
  void comparisonsOfOtherStepsAndTornLinesAreLeftOut() throws Exception {
    RunFolder folder = SampleRun.written(root, 6);
    Path stored = new RunEvaluations(folder).file();
    Files.createDirectories(stored.getParent());
    String line =
        "{\"step\":%d,\"dataset\":\"sums\",\"rows\":\"test\",\"prompts\":9,\"samples\":4,"
            + "\"baseAccuracy\":{\"mean\":0.1,\"low\":0,\"high\":0.2},"
            + "\"tunedAccuracy\":{\"mean\":0.%d,\"low\":0.5,\"high\":0.7},"
            + "\"accuracyDifference\":{\"mean\":0.5,\"low\":0.3,\"high\":0.6}}\n";
    Files.writeString(stored, line.formatted(4, 61) + line.formatted(6, 62) + "{\"step\":4,\"data");
    try (RunReader run = RunReader.open(folder)) {
      String card = new ModelCard(run, 4, GGUF).markdown();
      assertTrue(card.contains("| sums, test | 9 x 4 | 0.1 (0 to 0.2) | 0.61 (0.5 to 0.7)"), card);
      assertFalse(card.contains("0.62"), card);
    }
  }

  @Test
  void codeCannotEndItsBlock() {
    MarkdownText text = new MarkdownText();
    text.code("java", "String fence = \"```\";");
    assertEquals("````java\nString fence = \"```\";\n````\n", text.toString());
  }
}
