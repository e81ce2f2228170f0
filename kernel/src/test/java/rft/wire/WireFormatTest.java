package rft.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WireFormatTest {
  private static final Signature SIGNATURE = new Signature("hmac-sha256", "key");

  private final WireFormat format = new WireFormat(SIGNATURE);
  private final Session session = new Session("test");

  @Test
  void aMessageComesBackAsItWas() throws IOException {
    WireMessage sent =
        session.message("x_request", JsonNodeFactory.instance.objectNode().put("a", "ü"));
    WireMessage routed =
        new WireMessage(
            List.of(new byte[] {0, 7}),
            sent.header(),
            sent.parent(),
            sent.metadata(),
            sent.content(),
            List.of(new byte[] {1, 2}));
    WireMessage read = format.read(format.write(routed));
    assertEquals("x_request", read.type());
    assertEquals(sent.id(), read.id());
    assertEquals(sent.content(), read.content());
    assertArrayEquals(new byte[] {0, 7}, read.identities().get(0));
    assertArrayEquals(new byte[] {1, 2}, read.buffers().get(0));
  }

  @Test
  void halfACharacterDoesNotReachTheNotebookWhichCouldNotBeSaved() throws IOException {
    WireMessage sent =
        session.message(
            "error", JsonNodeFactory.instance.objectNode().put("a\udc00", "b\ud83d 😀"));
    WireMessage read = format.read(format.write(sent));
    assertEquals(JsonNodeFactory.instance.objectNode().put("a?", "b? 😀"), read.content());
  }

  @Test
  void theSignatureIsTheOneOfTheStandard() {
    // RFC 4231, test case 2, cut into parts.
    Signature jefe = new Signature("hmac-sha256", "Jefe");
    List<byte[]> parts = List.of(bytes("what do ya "), bytes("want for "), bytes("nothing?"));
    assertEquals(
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        new String(jefe.sign(parts), StandardCharsets.US_ASCII));
  }

  @Test
  void aChangedMessageOrAnotherKeyIsRefused() {
    List<byte[]> frames =
        new ArrayList<>(format.write(session.message("x", JsonNodeFactory.instance.objectNode())));
    WireFormat other = new WireFormat(new Signature("hmac-sha256", "other"));
    assertThrows(IOException.class, () -> other.read(frames));
    frames.set(5, bytes("{\"a\":1}"));
    assertThrows(IOException.class, () -> format.read(frames));
  }

  @Test
  void anEmptyKeySignsAndChecksNothing() throws IOException {
    Signature none = new Signature("hmac-sha256", "");
    assertEquals(0, none.sign(List.of(bytes("a"))).length);
    assertTrue(none.matches(bytes("anything"), List.of(bytes("a"))));
    assertFalse(SIGNATURE.matches(new byte[0], List.of(bytes("a"))));
  }

  @Test
  void framesThatAreNoMessageAreRefused() {
    assertThrows(IOException.class, () -> format.read(List.of()));
    assertThrows(IOException.class, () -> format.read(List.of(bytes("<IDS|MSG>"), bytes("x"))));
    WireFormat open = new WireFormat(new Signature("hmac-sha256", ""));
    List<byte[]> list =
        List.of(bytes("<IDS|MSG>"), bytes(""), bytes("[]"), bytes("{}"), bytes("{}"), bytes("{}"));
    assertThrows(IOException.class, () -> open.read(list));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
