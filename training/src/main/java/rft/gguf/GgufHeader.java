package rft.gguf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The head of a GGUF file: metadata, and where every tensor lies.
 *
 * @param metadata keys and values
 * @param tensors by name, in the order of the file
 */
record GgufHeader(Metadata metadata, Map<String, Entry> tensors) {
  /** "GGUF" in the order of the file. */
  static final int MAGIC = 0x46554747;

  static final int DEFAULT_ALIGNMENT = 32;

  private static final int TWO = 2;
  private static final int THREE = 3;
  private static final int MAX_DIMENSIONS = 4;

  // A key with its value takes a length, a type and one byte at least; a tensor's entry a length,
  // the number of its sizes, one size, a type and an offset.
  private static final int LEAST_BYTES_OF_KEY = 13;
  private static final int LEAST_BYTES_OF_TENSOR = 32;

  /**
   * A tensor.
   *
   * @param type its number format
   * @param shape outermost size first
   * @param begin index in the file of its first byte
   */
  record Entry(TensorType type, List<Integer> shape, long begin) {
    Entry {
      shape = List.copyOf(shape);
    }

    long values() {
      return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    int innermost() {
      return shape.get(shape.size() - 1);
    }

    long bytes() {
      return values() / type.blockValues() * type.blockBytes();
    }
  }

  GgufHeader {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * Reads the head of a file.
   *
   * @param size bytes of the file
   * @throws IllegalArgumentException if it is not sound, naming what is wrong
   */
  static GgufHeader read(FileCursor in, long size, Refusal refusal) throws IOException {
    checkVersion(in, size, refusal);
    int tensorCount = in.count("tensors", LEAST_BYTES_OF_TENSOR);
    Metadata metadata = metadata(in, refusal);
    Map<String, Entry> tensors = new LinkedHashMap<>();
    for (int i = 0; i < tensorCount; i++) {
      String name = in.text("a tensor's name");
      if (tensors.put(name, entry(in, name, refusal)) != null) {
        throw refusal.truncated("it has two tensors called " + Refusal.shown(name));
      }
    }
    int alignment = metadata.integer(GgufKeys.ALIGNMENT).orElse(DEFAULT_ALIGNMENT);
    if (Integer.bitCount(alignment) != 1) {
      throw refusal.truncated("its " + GgufKeys.ALIGNMENT + " is " + alignment);
    }
    long dataStart = (in.position() + alignment - 1) / alignment * alignment;
    tensors.replaceAll((name, entry) -> placed(name, entry, dataStart, size, refusal));
    return new GgufHeader(metadata, tensors);
  }

  private static void checkVersion(FileCursor in, long size, Refusal refusal) throws IOException {
    if (size < 2 * Integer.BYTES || in.int32() != MAGIC) {
      throw refusal.of(
          "is no GGUF file: it does not begin with the four letters GGUF; fetch it again (by git lfs"
              + " pull, if it came with Git)");
    }
    int version = in.int32();
    if (version != 0 && (version & 0xFFFF) == 0) {
      throw refusal.of(
          "is a big-endian GGUF file; only little-endian ones are read: convert the model on a"
              + " little-endian machine");
    }
    if (version != TWO && version != THREE) {
      throw refusal.of(
          "is a GGUF file of version "
              + Integer.toUnsignedString(version)
              + "; only versions 2 and 3 are read: convert the model again");
    }
  }

  private static Metadata metadata(FileCursor in, Refusal refusal) throws IOException {
    int count = in.count("keys", LEAST_BYTES_OF_KEY);
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String key = in.text("a key");
      if (values.put(key, ValueType.readTyped(in, key, refusal)) != null) {
        throw refusal.truncated("it has the key " + Refusal.shown(key) + " twice");
      }
    }
    return new Metadata(refusal, values);
  }

  /** Returns a tensor whose place is still counted from the beginning of the data. */
  private static Entry entry(FileCursor in, String name, Refusal refusal) throws IOException {
    String shown = "tensor " + Refusal.shown(name);
    int dimensions = in.int32();
    if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
      throw refusal.truncated(
          shown + " has " + Integer.toUnsignedString(dimensions) + " dimensions");
    }
    List<Integer> shape = new ArrayList<>();
    for (int i = 0; i < dimensions; i++) {
      long size = in.int64();
      if (size < 1 || size > Integer.MAX_VALUE) {
        throw refusal.truncated(shown + " has a size of " + Long.toUnsignedString(size));
      }
      shape.add(0, (int) size); // a file has the innermost size first
    }
    int id = in.int32();
    TensorType type =
        TensorType.of(id)
            .orElseThrow(
                () ->
                    refusal.of(
                        "cannot be read: "
                            + shown
                            + " is stored as "
                            + TensorType.nameOfUnread(id)
                            + ", and only these are read: "
                            + TensorType.all()
                            + "; take the model in one of them"));
    return new Entry(type, shape, in.int64());
  }

  private static Entry placed(
      String name, Entry entry, long dataStart, long size, Refusal refusal) {
    String shown = "tensor " + Refusal.shown(name);
    if (entry.innermost() % entry.type().blockValues() != 0) {
      throw refusal.truncated(
          "%s has rows of %d values, and blocks of %s have %d"
              .formatted(shown, entry.innermost(), entry.type(), entry.type().blockValues()));
    }
    long room = size - dataStart;
    boolean fits;
    try {
      fits = entry.begin() >= 0 && entry.begin() <= room && entry.bytes() <= room - entry.begin();
    } catch (ArithmeticException e) {
      fits = false;
    }
    if (!fits) {
      throw refusal.truncated(
          "%s (%s %s) ends after the %d bytes of the file"
              .formatted(shown, entry.type(), entry.shape(), size));
    }
    return new Entry(entry.type(), entry.shape(), dataStart + entry.begin());
  }
}
