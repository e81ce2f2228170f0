package rft.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes small GGUF files for tests, sound or not. */
public final class GgufBytes {
  // Seen by this class alone, which compares none.
  @SuppressWarnings("ArrayRecordComponent")
  private record Tensor(int type, long[] sizes, byte[] data) {}

  private final Map<String, Object> metadata = new LinkedHashMap<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, Long> claimedCounts = new LinkedHashMap<>();
  private int magic = GgufHeader.MAGIC;
  private int version = 3;

  /**
   * Puts a value: an Integer is written as UINT32, a Float as FLOAT32, a Boolean, a String, or a
   * List of these.
   */
  public GgufBytes put(String key, Object value) {
    metadata.put(key, value);
    return this;
  }

  /** Takes a value away. */
  public GgufBytes without(String key) {
    metadata.remove(key);
    return this;
  }

  /** Puts a tensor of 32-bit floats; sizes outermost first. */
  public GgufBytes tensor(String name, float[] values, int... shape) {
    ByteBuffer data =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    return tensor(name, TensorType.F32.id(), data.array(), shape);
  }

  /** Puts a tensor of any type as the bytes of its blocks. */
  public GgufBytes tensor(String name, int type, byte[] data, int... shape) {
    long[] sizes = new long[shape.length];
    for (int i = 0; i < shape.length; i++) {
      sizes[i] = shape[shape.length - 1 - i];
    }
    tensors.put(name, new Tensor(type, sizes, data));
    return this;
  }

  GgufBytes magic(int other) {
    magic = other;
    return this;
  }

  GgufBytes version(int other) {
    version = other;
    return this;
  }

  /** Makes the file announce another number of "tensors" or "keys" than it has. */
  GgufBytes claim(String what, long count) {
    claimedCounts.put(what, count);
    return this;
  }

  byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(1 << 25).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(magic).putInt(version);
    out.putLong(claimedCounts.getOrDefault("tensors", (long) tensors.size()));
    out.putLong(claimedCounts.getOrDefault("keys", (long) metadata.size()));
    metadata.forEach(
        (key, value) -> {
          text(out, key);
          out.putInt(type(value).id());
          value(out, value);
        });
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      text(out, entry.getKey());
      out.putInt(tensor.sizes.length);
      for (long size : tensor.sizes) {
        out.putLong(size);
      }
      out.putInt(tensor.type).putLong(offset);
      offset += aligned(tensor.data.length);
    }
    out.position(aligned(out.position()));
    for (Tensor tensor : tensors.values()) {
      int start = out.position();
      out.put(tensor.data).position(start + aligned(tensor.data.length));
    }
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  /** Writes the file. */
  public Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }

  /** Makes a model folder of a copy of a file. */
  public static Path unfold(Path gguf, Path folder) throws IOException {
    Files.createDirectories(folder);
    GgufFolder.complete(folder, Files.copy(gguf, folder.resolve("copied.gguf")));
    return folder;
  }

  private static int aligned(int position) {
    return (position + 31) / 32 * 32;
  }

  private static ValueType type(Object value) {
    if (value instanceof Integer) {
      return ValueType.UINT32;
    }
    if (value instanceof Float) {
      return ValueType.FLOAT32;
    }
    if (value instanceof Boolean) {
      return ValueType.BOOL;
    }
    return value instanceof List ? ValueType.ARRAY : ValueType.STRING;
  }

  private static void value(ByteBuffer out, Object value) {
    if (value instanceof Integer number) {
      out.putInt(number);
    } else if (value instanceof Float number) {
      out.putFloat(number);
    } else if (value instanceof Boolean flag) {
      out.put((byte) (flag ? 1 : 0));
    } else if (value instanceof List<?> list) {
      out.putInt(list.isEmpty() ? 0 : type(list.get(0)).id()).putLong(list.size());
      new ArrayList<Object>(list).forEach(each -> value(out, each));
    } else {
      text(out, (String) value);
    }
  }

  private static void text(ByteBuffer out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.putLong(bytes.length).put(bytes);
  }
}
