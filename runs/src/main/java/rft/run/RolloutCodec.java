package rft.run;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * One step's rollouts as bytes: magic, CRC-32C of all that follows, inflated length, and a deflated
 * body of JSON for texts and binary for numbers. Equal rollouts give equal bytes.
 */
final class RolloutCodec {
  private static final int MAGIC = 0x52465431; // "RFT1"
  private static final int CRC_END = 2 * Integer.BYTES;
  private static final int BODY = CRC_END + Integer.BYTES;
  private static final int MAX_BODY = 1 << 30;
  // Escaped, a lone surrogate in hostile text survives the way through UTF-8.
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private RolloutCodec() {}

  /** Returns the bytes of a segment. */
  static byte[] encode(List<StoredRollout> rollouts) throws IOException {
    byte[] body = body(rollouts);
    if (body.length > MAX_BODY) {
      throw new IOException(
          "the rollouts of a step take "
              + body.length
              + " bytes, more than a segment holds ("
              + MAX_BODY
              + "): use fewer or shorter rollouts per step");
    }
    ByteArrayOutputStream deflated = new ByteArrayOutputStream(BODY + body.length / 2);
    deflated.writeBytes(new byte[BODY]);
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflated, deflater)) {
      out.write(body);
    } finally {
      deflater.end();
    }
    byte[] segment = deflated.toByteArray();
    ByteBuffer head = ByteBuffer.wrap(segment);
    head.putInt(0, MAGIC).putInt(CRC_END, body.length);
    return head.putInt(Integer.BYTES, crc(segment)).array();
  }

  private static byte[] body(List<StoredRollout> rollouts) throws IOException {
    ArrayNode texts = JSON.createArrayNode();
    rollouts.forEach(rollout -> texts.add(text(rollout)));
    byte[] json = JSON.writeValueAsString(texts).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(json.length * 2);
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(json.length);
    out.write(json);
    for (StoredRollout rollout : rollouts) {
      out.writeDouble(rollout.reward());
      out.writeDouble(rollout.advantage());
      out.write(trace(rollout.trace()));
    }
    return bytes.toByteArray();
  }

  private static ObjectNode text(StoredRollout rollout) {
    ObjectNode node = JSON.createObjectNode();
    node.put("step", rollout.step()).put("position", rollout.position());
    node.put("index", rollout.index()).put("task", rollout.taskId());
    node.put("split", rollout.split()).put("prompt", rollout.prompt());
    node.put("text", rollout.text()).put("finish", rollout.finishReason());
    node.set("verdict", VerdictJson.write(rollout.verdict()));
    return node;
  }

  private static byte[] trace(TokenTrace trace) {
    float[] base = trace.baseLogProbs();
    int length = trace.length();
    int size = Integer.BYTES + 1 + length * (Integer.BYTES + 1 + (base == null ? 2 : 3) * 4);
    ByteBuffer out = ByteBuffer.allocate(size);
    out.putInt(length).put((byte) (base == null ? 0 : 1));
    for (int token : trace.tokens()) {
      out.putInt(token);
    }
    for (boolean trained : trace.mask()) {
      out.put((byte) (trained ? 1 : 0));
    }
    putFloats(out, trace.logProbs());
    putFloats(out, trace.entropies());
    if (base != null) {
      putFloats(out, base);
    }
    return out.array();
  }

  private static void putFloats(ByteBuffer out, float[] values) {
    for (float value : values) {
      out.putFloat(value);
    }
  }

  /**
   * Returns the rollouts of a segment.
   *
   * @param name how messages call the segment
   * @throws DamagedRunException if it was cut off or changed
   */
  static List<StoredRollout> decode(String name, byte[] segment) throws DamagedRunException {
    ByteBuffer head = ByteBuffer.wrap(segment);
    if (segment.length < BODY || head.getInt(0) != MAGIC) {
      throw damaged(name, "it is cut off or no segment of rollouts", null);
    }
    if (head.getInt(Integer.BYTES) != crc(segment)) {
      throw damaged(name, "its checksum does not fit, so it was cut off or changed", null);
    }
    try {
      byte[] body = inflate(segment, head.getInt(CRC_END));
      return rollouts(new DataInputStream(new ByteArrayInputStream(body)));
    } catch (IOException | DataFormatException | IllegalArgumentException e) {
      throw damaged(name, "its content makes no sense: " + e.getMessage(), e);
    }
  }

  private static byte[] inflate(byte[] segment, int length)
      throws DataFormatException, IOException {
    if (length < 0 || length > MAX_BODY) {
      throw new IOException("an inflated length of " + length + " bytes");
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(segment, BODY, segment.length - BODY);
      byte[] body = new byte[length];
      int done = inflater.inflate(body);
      if (done != length) {
        throw new IOException(done + " of " + length + " bytes");
      }
      return body;
    } finally {
      inflater.end();
    }
  }

  private static List<StoredRollout> rollouts(DataInputStream in) throws IOException {
    JsonNode texts = JSON.readTree(bytes(in, in.readInt()));
    List<StoredRollout> rollouts = new ArrayList<>(texts.size());
    for (JsonNode text : texts) {
      double reward = in.readDouble();
      double advantage = in.readDouble();
      rollouts.add(rollout(text, trace(in), reward, advantage));
    }
    return List.copyOf(rollouts);
  }

  private static StoredRollout rollout(
      JsonNode text, TokenTrace trace, double reward, double advantage) {
    return new StoredRollout(
        text.path("step").intValue(),
        text.path("position").intValue(),
        text.path("index").intValue(),
        text.path("task").asText(),
        text.path("split").isTextual() ? text.path("split").textValue() : null,
        text.path("prompt").asText(),
        text.path("text").asText(),
        text.path("finish").asText(),
        trace,
        VerdictJson.read(text.path("verdict")),
        reward,
        advantage);
  }

  private static TokenTrace trace(DataInputStream in) throws IOException {
    int length = in.readInt();
    boolean hasBase = in.readByte() != 0;
    ByteBuffer numbers = ByteBuffer.wrap(bytes(in, (long) length * (5 + (hasBase ? 3 : 2) * 4)));
    int[] tokens = new int[length];
    for (int i = 0; i < length; i++) {
      tokens[i] = numbers.getInt();
    }
    boolean[] mask = new boolean[length];
    for (int i = 0; i < length; i++) {
      mask[i] = numbers.get() != 0;
    }
    float[] logProbs = floats(numbers, length);
    float[] entropies = floats(numbers, length);
    return new TokenTrace(
        tokens, mask, logProbs, entropies, hasBase ? floats(numbers, length) : null);
  }

  private static float[] floats(ByteBuffer numbers, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = numbers.getFloat();
    }
    return values;
  }

  private static byte[] bytes(DataInputStream in, long count) throws IOException {
    if (count < 0 || count > in.available()) {
      throw new IOException(count + " bytes where only " + in.available() + " are left");
    }
    return in.readNBytes((int) count);
  }

  private static int crc(byte[] segment) {
    CRC32C crc = new CRC32C();
    crc.update(segment, CRC_END, segment.length - CRC_END);
    return (int) crc.getValue();
  }

  private static DamagedRunException damaged(String name, String why, @Nullable Throwable cause) {
    return new DamagedRunException(name + " is damaged: " + why, cause);
  }
}
