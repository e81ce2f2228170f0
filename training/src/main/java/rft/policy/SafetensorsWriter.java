package rft.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes tensors as a safetensors file. The same tensors always give the same bytes, those of the
 * reference implementation: names in order, header padded to 8 bytes, metadata {@code format=pt}.
 */
public final class SafetensorsWriter {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int PIECE_VALUES = 1 << 18;

  private final SafetensorsType type;

  /**
   * Makes a writer.
   *
   * @param type how every value is stored; narrower types round to nearest, ties to even
   */
  public SafetensorsWriter(SafetensorsType type) {
    this.type = type;
  }

  /** Where the writer takes its values from, one tensor at a time. */
  public interface Values {
    /** Returns the values of a tensor, row-major; null if there are none, which is refused. */
    float @Nullable [] of(String name);
  }

  /**
   * Writes a file that appears at once and whole or not at all; its bytes are on the disk before
   * its name is.
   *
   * @param file the file to create or replace; its folder must exist
   * @param shapes every tensor by name
   * @throws IllegalArgumentException as {@link #write(OutputStream, Map, Values)}
   * @throws IOException if the file cannot be written; an older one is then still in place
   */
  public void write(Path file, Map<String, int[]> shapes, Values values) throws IOException {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null) {
      throw new IllegalArgumentException(file + " is not a file name");
    }
    Path draft = folder.resolve("." + target.getFileName() + "." + ProcessHandle.current().pid());
    try {
      try (FileChannel channel =
              FileChannel.open(
                  draft,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE);
          OutputStream out = Channels.newOutputStream(channel)) {
        write(out, shapes, values);
        channel.force(true);
      }
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /**
   * Writes to a stream, which stays open.
   *
   * @param shapes every tensor by name
   * @throws IllegalArgumentException if a tensor has another number of values than its shape, or
   *     holds a finite value beyond the range of the type
   */
  public void write(OutputStream out, Map<String, int[]> shapes, Values values) throws IOException {
    SortedMap<String, int[]> sorted = new TreeMap<>(shapes);
    out.write(header(sorted));
    for (Map.Entry<String, int[]> tensor : sorted.entrySet()) {
      String name = tensor.getKey();
      float[] numbers = values.of(name);
      if (numbers == null || numbers.length != Shapes.count(tensor.getValue())) {
        String shape = Shapes.text(tensor.getValue());
        String count = numbers == null ? "no" : Integer.toString(numbers.length);
        throw new IllegalArgumentException(
            "tensor " + name + " of shape " + shape + " was given " + count + " values");
      }
      checkRange(name, numbers);
      writeValues(out, numbers);
    }
  }

  private byte[] header(SortedMap<String, int[]> shapes) {
    ObjectNode header = JSON.createObjectNode();
    header.putObject(SafetensorsHeader.METADATA).put("format", "pt");
    long offset = 0;
    for (Map.Entry<String, int[]> tensor : shapes.entrySet()) {
      ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", type.name());
      ArrayNode sizes = entry.putArray("shape");
      Arrays.stream(tensor.getValue()).forEach(sizes::add);
      long end = offset + Shapes.count(tensor.getValue()) * type.bytes();
      entry.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] text = json(header);
    int padded = (text.length + 7) / 8 * 8;
    byte[] bytes = new byte[Long.BYTES + padded];
    Arrays.fill(bytes, (byte) ' ');
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(text);
    return bytes;
  }

  private static byte[] json(ObjectNode header) {
    try {
      return JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a header of names and numbers cannot be written", e);
    }
  }

  private void checkRange(String name, float[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      if (Float.isFinite(numbers[i]) && !Float.isFinite(type.round(numbers[i]))) {
        throw new IllegalArgumentException(
            "tensor "
                + name
                + " holds "
                + numbers[i]
                + ", beyond the range of "
                + type
                + ": write it as F32");
      }
    }
  }

  private void writeValues(OutputStream out, float[] numbers) throws IOException {
    int piece = Math.min(PIECE_VALUES, numbers.length);
    ByteBuffer buffer = ByteBuffer.allocate(piece * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (long start = 0; start < numbers.length; start += piece) {
      int count = (int) Math.min(piece, numbers.length - start);
      type.encode(numbers, (int) start, count, buffer.clear());
      out.write(buffer.array(), 0, buffer.position());
    }
  }
}
