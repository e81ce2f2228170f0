package rft.gguf;

import java.io.IOException;
import java.util.List;

/** The types of metadata values; the number in a file is also the place in this list. */
public enum ValueType {
  /** Unsigned, 8 bits. */
  UINT8(0, 1),
  /** Signed, 8 bits. */
  INT8(1, 1),
  /** Unsigned, 16 bits. */
  UINT16(2, 2),
  /** Signed, 16 bits. */
  INT16(3, 2),
  /** Unsigned, 32 bits. */
  UINT32(4, 4),
  /** Signed, 32 bits. */
  INT32(5, 4),
  /** IEEE binary32. */
  FLOAT32(6, 4),
  /** One byte, 0 or 1. */
  BOOL(7, 1),
  /** Length in 64 bits, then UTF-8. */
  STRING(8, 8),
  /** Type of the elements in 32 bits, their number in 64 bits, then the elements. */
  ARRAY(9, 12),
  /** Unsigned, 64 bits. */
  UINT64(10, 8),
  /** Signed, 64 bits. */
  INT64(11, 8),
  /** IEEE binary64. */
  FLOAT64(12, 8);

  private static final int DEEPEST = 4;

  private final int id;
  private final int leastBytes;

  ValueType(int id, int leastBytes) {
    this.id = id;
    this.leastBytes = leastBytes;
  }

  /** Returns the number that stands for this type in a file. */
  public int id() {
    return id;
  }

  /**
   * Reads the type and the value of a key.
   *
   * @return a Long, a Double, a Boolean, a String or a List of them. A 32-bit float becomes the
   *     double of the same shortest decimal: 1e-5 was written as such.
   */
  static Object readTyped(FileCursor in, String key, Refusal refusal) throws IOException {
    return typed(in, key, refusal).read(in, key, refusal, 0);
  }

  private static ValueType typed(FileCursor in, String key, Refusal refusal) throws IOException {
    int id = in.int32();
    if (id < 0 || id >= values().length) {
      throw refusal.truncated(
          "its key "
              + Refusal.shown(key)
              + " has a value of the unknown type "
              + Integer.toUnsignedString(id));
    }
    return values()[id];
  }

  private Object read(FileCursor in, String key, Refusal refusal, int depth) throws IOException {
    return switch (this) {
      case UINT8 -> (long) (in.int8() & 0xFF);
      case INT8 -> (long) in.int8();
      case UINT16 -> (long) (in.int16() & 0xFFFF);
      case INT16 -> (long) in.int16();
      case UINT32 -> in.int32() & 0xFFFFFFFFL;
      case INT32 -> (long) in.int32();
      case UINT64, INT64 -> in.int64();
      case FLOAT32 -> Double.valueOf(Float.toString(in.float32()));
      case FLOAT64 -> in.float64();
      case BOOL -> in.int8() != 0;
      case STRING -> in.text(Refusal.shown(key));
      case ARRAY -> list(in, key, refusal, depth);
    };
  }

  private static List<Object> list(FileCursor in, String key, Refusal refusal, int depth)
      throws IOException {
    if (depth == DEEPEST) {
      throw refusal.truncated("its key " + Refusal.shown(key) + " holds lists in lists in lists");
    }
    ValueType type = typed(in, key, refusal);
    Object[] values = new Object[in.count("values of " + Refusal.shown(key), type.leastBytes)];
    for (int i = 0; i < values.length; i++) {
      values[i] = type.read(in, key, refusal, depth + 1);
    }
    return List.of(values);
  }
}
