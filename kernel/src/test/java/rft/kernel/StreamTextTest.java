package rft.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StreamTextTest {
  private final StreamText text = new StreamText(100);

  private void add(StreamText.Stream stream, String what) {
    byte[] bytes = what.getBytes(StandardCharsets.UTF_8);
    text.add(stream, bytes, 0, bytes.length);
  }

  @Test
  void neighboursOfOneStreamAreJoined() {
    add(StreamText.Stream.STDOUT, "a");
    add(StreamText.Stream.STDOUT, "b");
    add(StreamText.Stream.STDERR, "c");
    add(StreamText.Stream.STDOUT, "d");
    assertEquals(4, text.waiting());
    assertEquals(
        List.of("ab", "c", "d"), text.take().stream().map(StreamText.Piece::text).toList());
    assertEquals(List.of(), text.take());
    assertEquals(0, text.waiting());
  }

  @Test
  void halfACharacterWaitsForTheRest() {
    byte[] face = "\uD83D\uDE00".getBytes(StandardCharsets.UTF_8);
    text.add(StreamText.Stream.STDOUT, face, 0, 3);
    assertEquals(List.of(), text.take());
    text.add(StreamText.Stream.STDOUT, face, 3, 1);
    assertEquals("\uD83D\uDE00", text.take().get(0).text());
  }

  @Test
  void bytesThatAreNoTextAreMarkedAndLoseNothingElse() {
    text.add(StreamText.Stream.STDOUT, new byte[] {'a', (byte) 0xff, 'b', (byte) 0xe4}, 0, 4);
    text.finish();
    assertEquals("a\uFFFDb\uFFFD", text.take().get(0).text());
  }

  @Test
  void aCellThatPrintsTooMuchIsCutOnceWithANote() {
    add(StreamText.Stream.STDOUT, "x".repeat(60));
    add(StreamText.Stream.STDOUT, "y".repeat(60));
    add(StreamText.Stream.STDOUT, "z".repeat(60));
    List<StreamText.Piece> pieces = text.take();
    assertEquals("x".repeat(60) + "y".repeat(40), pieces.get(0).text());
    assertEquals(StreamText.Stream.STDERR, pieces.get(1).stream());
    assertTrue(pieces.get(1).text().contains("more than 100 characters"));
    assertEquals(2, pieces.size());
  }
}
