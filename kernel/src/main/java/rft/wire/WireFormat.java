package rft.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Messages as the frames that cross a socket: identities, a delimiter, a signature, four JSON
 * objects, buffers.
 */
final class WireFormat {
  private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
  private static final int PARTS = 4;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Signature signature;

  WireFormat(Signature signature) {
    this.signature = signature;
  }

  List<byte[]> write(WireMessage message) {
    List<byte[]> parts =
        List.of(
            bytes(message.header()),
            bytes(message.parent()),
            bytes(message.metadata()),
            bytes(message.content()));
    List<byte[]> frames = new ArrayList<>(message.identities());
    frames.add(DELIMITER);
    frames.add(signature.sign(parts));
    frames.addAll(parts);
    frames.addAll(message.buffers());
    return frames;
  }

  private static byte[] bytes(ObjectNode json) {
    try {
      // By way of text, which makes half a character a question mark: Jackson's bytes would keep
      // it, and Jupyter could never save the notebook.
      return JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can always be written", e);
    }
  }

  /**
   * Reads a message.
   *
   * @throws IOException if it is none, or its signature is wrong
   */
  WireMessage read(List<byte[]> frames) throws IOException {
    int delimiter = 0;
    while (delimiter < frames.size() && !Arrays.equals(frames.get(delimiter), DELIMITER)) {
      delimiter++;
    }
    int first = delimiter + 2;
    if (first + PARTS > frames.size()) {
      throw new IOException(
          frames.size() + " frames are no message: a delimiter or parts are missing");
    }
    List<byte[]> parts = frames.subList(first, first + PARTS);
    if (!signature.matches(frames.get(delimiter + 1), parts)) {
      throw new IOException("a message has a wrong signature: its sender has another key");
    }
    return new WireMessage(
        frames.subList(0, delimiter),
        object(parts.get(0)),
        object(parts.get(1)),
        object(parts.get(2)),
        object(parts.get(3)),
        frames.subList(first + PARTS, frames.size()));
  }

  private static ObjectNode object(byte[] json) throws IOException {
    JsonNode node = JSON.readTree(json);
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new IOException("a part of a message is no JSON object");
  }
}
