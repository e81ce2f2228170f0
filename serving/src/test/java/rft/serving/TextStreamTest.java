package rft.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import rft.policy.DrawnToken;
import rft.prompt.TextTokenizer;

final class TextStreamTest {
  private static final TextTokenizer TOKENIZER =
      TextTokenizer.load(Path.of(System.getProperty("rft.root", ".."), "models", "tiny-chat"));

  @AfterAll
  static void close() {
    TOKENIZER.close();
  }

  private static List<TextStream.Piece> pieces(String text, String... stops) {
    TextStream stream = new TextStream(TOKENIZER, List.of(stops));
    List<TextStream.Piece> pieces = new ArrayList<>();
    for (int id : TOKENIZER.encode(text).toArray()) {
      pieces.add(stream.add(new DrawnToken(id, -1, List.of())));
    }
    pieces.add(stream.end());
    return pieces;
  }

  private static String joined(List<TextStream.Piece> pieces) {
    StringBuilder text = new StringBuilder();
    pieces.forEach(piece -> text.append(piece.text()));
    return text.toString();
  }

  private static int tokens(List<TextStream.Piece> pieces) {
    return pieces.stream().mapToInt(piece -> piece.tokens().size()).sum();
  }

  @Test
  void textComesOutWholeAndNoCharacterInParts() {
    String text = "How much? é 漢 🙂 done";
    List<TextStream.Piece> pieces = pieces(text);
    assertEquals(text, joined(pieces));
    assertEquals(TOKENIZER.encode(text).length(), tokens(pieces));
    pieces.forEach(piece -> assertTrue(piece.text().indexOf('\uFFFD') < 0, piece.toString()));
  }

  @Test
  void aCharacterThatIsNeverFinishedComesOutAtTheEnd() {
    int[] ids = TOKENIZER.encode("é").toArray();
    assertTrue(ids.length > 1, "the case needs a character of two tokens");
    TextStream stream = new TextStream(TOKENIZER, List.of());
    assertEquals("", stream.add(new DrawnToken(ids[0], -1, List.of())).text());
    assertEquals("\uFFFD", stream.end().text());
  }

  @Test
  void aStopThatSpansTokensIsFoundAndNothingOfItGetsOut() {
    List<TextStream.Piece> pieces = pieces("How much is 1234567890 now", "4567", "zz");
    assertEquals("How much is 123", joined(pieces));
    assertEquals(TOKENIZER.encode("How much is 123").length(), tokens(pieces));
  }

  @Test
  void theFirstOfSeveralStopsCounts() {
    assertEquals("a", joined(pieces("a b c", " c", " b")));
  }

  @Test
  void whatOnlyBeginsLikeAStopComesOutInTheEnd() {
    assertEquals("abab", joined(pieces("abab", "abc", "bax")));
    assertEquals("no stop here ##", joined(pieces("no stop here ##", "###")));
  }

  @Test
  void heldTextIsNoMoreThanNeeded() {
    TextStream stream = new TextStream(TOKENIZER, List.of("12x"));
    StringBuilder out = new StringBuilder();
    for (int id : TOKENIZER.encode("01234").toArray()) {
      out.append(stream.add(new DrawnToken(id, -1, List.of())).text());
    }
    assertEquals("01234", out.toString(), "nothing at the end can begin the stop");
  }
}
