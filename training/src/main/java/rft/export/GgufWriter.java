package rft.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.gguf.TensorType;
import rft.gguf.ValueType;
import rft.policy.SafetensorsWriter;
import rft.policy.Shapes;

/**
 * Writes a GGUF file of version 3, one tensor after the other, so that no more than one of them is
 * in memory. The same tensors always give the same bytes.
 *
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">the format</a>
 */
final class GgufWriter {
  private static final byte[] MAGIC = {'G', 'G', 'U', 'F'};
  private static final int VERSION = 3;
  private static final int ALIGNMENT = 32;
  private static final int PIECE_VALUES = 1 << 16;

  private final Map<String, Object> metadata;
  private final Map<String, Tensor> tensors;

  /** A tensor to be written. */
  static final class Tensor {
    private final TensorType type;
    private final int[] shape;

    /**
     * Makes one.
     *
     * @param shape outermost size first
     */
    Tensor(TensorType type, int[] shape) {
      this.type = type;
      this.shape = shape;
    }

    TensorType type() {
      return type;
    }

    int[] shape() {
      return shape;
    }

    long bytes() {
      return Shapes.count(shape) / type.blockValues() * type.blockBytes();
    }
  }

  /**
   * Makes a writer.
   *
   * @param metadata by key: an Integer, Float, Boolean, String, or a list of Strings, Integers or
   *     Floats
   * @param tensors by their names in the file, in its order; a row is whole blocks
   */
  GgufWriter(Map<String, Object> metadata, Map<String, Tensor> tensors) {
    this.metadata = new LinkedHashMap<>(metadata);
    this.tensors = new LinkedHashMap<>(tensors);
  }

  /**
   * Writes to a stream, which stays open.
   *
   * @param values row-major, by the names of the tensors
   */
  void write(OutputStream out, SafetensorsWriter.Values values) throws IOException {
    byte[] header = header();
    out.write(header);
    out.write(new byte[padding(header.length)]);
    for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
      write(out, tensor.getKey(), tensor.getValue(), values.of(tensor.getKey()));
    }
  }

  private static void write(OutputStream out, String name, Tensor tensor, float @Nullable [] values)
      throws IOException {
    if (values == null || values.length != Shapes.count(tensor.shape())) {
      throw new IllegalArgumentException(
          "tensor %s of shape %s was given %s values"
              .formatted(name, Shapes.text(tensor.shape()), values == null ? "no" : values.length));
    }
    for (int start = 0; start < values.length; start += PIECE_VALUES) {
      int count = Math.min(PIECE_VALUES, values.length - start);
      ByteBuffer bytes = GgufBlocks.bytes(tensor.type(), values, start, count);
      out.write(bytes.array(), bytes.arrayOffset(), bytes.limit());
    }
    out.write(new byte[padding(tensor.bytes())]);
  }

  private static int padding(long bytes) {
    return (int) ((ALIGNMENT - bytes % ALIGNMENT) % ALIGNMENT);
  }

  private byte[] header() {
    GrowingBytes out = new GrowingBytes();
    out.raw(MAGIC);
    out.int32(VERSION);
    out.int64(tensors.size());
    out.int64(metadata.size());
    metadata.forEach(
        (key, value) -> {
          out.text(key);
          out.int32(type(value).id());
          value(out, value);
        });
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      out.text(entry.getKey());
      int[] shape = tensor.shape();
      out.int32(shape.length);
      for (int i = shape.length - 1; i >= 0; i--) {
        out.int64(shape[i]); // innermost size first
      }
      out.int32(tensor.type().id());
      out.int64(offset);
      offset += tensor.bytes() + padding(tensor.bytes());
    }
    return out.bytes();
  }

  private static ValueType type(Object value) {
    if (value instanceof Integer) {
      return ValueType.UINT32;
    } else if (value instanceof Float) {
      return ValueType.FLOAT32;
    } else if (value instanceof Boolean) {
      return ValueType.BOOL;
    } else if (value instanceof String) {
      return ValueType.STRING;
    } else if (value instanceof List) {
      return ValueType.ARRAY;
    }
    throw new IllegalArgumentException("a " + value.getClass() + " is no value of a GGUF file");
  }

  private static void value(GrowingBytes out, Object value) {
    if (value instanceof Integer number) {
      out.int32(number);
    } else if (value instanceof Float number) {
      out.int32(Float.floatToRawIntBits(number));
    } else if (value instanceof Boolean flag) {
      out.raw(new byte[] {(byte) (flag ? 1 : 0)});
    } else if (value instanceof List<?> list) {
      // The numbers of a list are signed, as the kinds of tokens are.
      ValueType type = list.isEmpty() ? ValueType.STRING : type(list.get(0));
      out.int32((type == ValueType.UINT32 ? ValueType.INT32 : type).id());
      out.int64(list.size());
      list.forEach(each -> value(out, each));
    } else {
      out.text(value.toString());
    }
  }

  /** Little-endian values, one behind the other. */
  private static final class GrowingBytes {
    private ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

    private ByteBuffer room(int bytes) {
      if (buffer.remaining() < bytes) {
        int size = Math.max(buffer.capacity() * 2, buffer.position() + bytes);
        buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).put(buffer.flip());
      }
      return buffer;
    }

    void raw(byte[] bytes) {
      room(bytes.length).put(bytes);
    }

    void int32(int value) {
      room(Integer.BYTES).putInt(value);
    }

    void int64(long value) {
      room(Long.BYTES).putLong(value);
    }

    void text(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      int64(bytes.length);
      raw(bytes);
    }

    byte[] bytes() {
      return Arrays.copyOf(buffer.array(), buffer.position());
    }
  }
}
