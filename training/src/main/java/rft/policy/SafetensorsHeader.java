package rft.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Table of contents of a safetensors file, believed only after every number in it has been checked
 * against the file.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">The format</a>
 */
final class SafetensorsHeader {
  /** Name of the entry that is no tensor. */
  static final String METADATA = "__metadata__";

  /** Beginning of every refusal. */
  static final String UNSOUND = "%s is no sound safetensors file: ";

  private final Path file;
  private final long dataBytes;

  private SafetensorsHeader(Path file, long dataBytes) {
    this.file = file;
    this.dataBytes = dataBytes;
  }

  /**
   * One tensor.
   *
   * @param begin first byte, counted from the end of the header
   * @param end one past the last byte
   */
  record Entry(String name, SafetensorsType type, List<Integer> shape, long begin, long end) {
    Entry {
      shape = List.copyOf(shape);
    }
  }

  /**
   * Returns the tensors by name, in the order of the header.
   *
   * @param dataBytes bytes of the file behind the header
   * @throws IllegalArgumentException if the header is malformed or does not describe exactly these
   *     bytes
   */
  static Map<String, Entry> parse(byte[] header, long dataBytes, Path file) {
    return new SafetensorsHeader(file, dataBytes).entries(header);
  }

  private Map<String, Entry> entries(byte[] header) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field :
        StrictJson.object(header, UNSOUND.formatted(file) + "its header").properties()) {
      if (field.getKey().equals(METADATA)) {
        checkMetadata(field.getValue());
      } else {
        entries.put(field.getKey(), entry(field.getKey(), field.getValue()));
      }
    }
    checkCoverage(new ArrayList<>(entries.values()));
    return entries;
  }

  private void checkMetadata(JsonNode metadata) {
    if (!metadata.isObject()) {
      throw refused(METADATA + " is no JSON object");
    }
    for (Map.Entry<String, JsonNode> field : metadata.properties()) {
      if (!field.getValue().isTextual()) {
        throw refused(
            METADATA + " holds " + ConfigFile.shown(field.getKey()) + ", which is no string");
      }
    }
  }

  private Entry entry(String name, JsonNode node) {
    SafetensorsType type = type(name, node.path("dtype"));
    int[] shape = shape(name, node.path("shape"));
    JsonNode offsets = node.path("data_offsets");
    if (offsets.size() != 2 || !isCount(offsets.path(0)) || !isCount(offsets.path(1))) {
      throw refused(name, "data_offsets must be two whole numbers of bytes");
    }
    long begin = offsets.path(0).longValue();
    long end = offsets.path(1).longValue();
    if (begin > end || end > dataBytes) {
      String range = "bytes " + begin + " to " + end;
      throw refused(
          name,
          range
              + " do not lie in the "
              + dataBytes
              + " bytes of data: is the file truncated? Fetch it again");
    }
    long expected = byteCount(name, type, shape);
    if (end - begin != expected) {
      String sizes = type + " of shape " + Shapes.text(shape) + " takes " + expected + " bytes";
      throw refused(name, sizes + ", its data_offsets span " + (end - begin));
    }
    return new Entry(name, type, Arrays.stream(shape).boxed().toList(), begin, end);
  }

  private SafetensorsType type(String name, JsonNode dtype) {
    for (SafetensorsType type : SafetensorsType.values()) {
      if (type.name().equals(dtype.textValue())) {
        return type;
      }
    }
    throw refused(
        name,
        "its dtype is "
            + ConfigFile.shown(dtype.asText("missing"))
            + "; F32, F16 and BF16 are read: convert the model to one of them");
  }

  private int[] shape(String name, JsonNode node) {
    if (!node.isArray() || node.size() > 8) {
      throw refused(name, "shape must be a list of at most 8 sizes");
    }
    int[] shape = new int[node.size()];
    for (int i = 0; i < shape.length; i++) {
      JsonNode size = node.path(i);
      if (!isCount(size) || !size.canConvertToInt()) {
        throw refused(
            name, "size " + i + " of its shape is no whole number from 0 to " + Integer.MAX_VALUE);
      }
      shape[i] = size.intValue();
    }
    return shape;
  }

  private long byteCount(String name, SafetensorsType type, int[] shape) {
    try {
      long count = type.bytes();
      for (int size : shape) {
        count = Math.multiplyExact(count, size);
      }
      return count;
    } catch (ArithmeticException e) {
      throw refused(name, "shape " + Shapes.text(shape) + " is beyond any file");
    }
  }

  private void checkCoverage(List<Entry> entries) {
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long covered = 0;
    String before = "the header";
    for (Entry entry : entries) {
      if (entry.begin() < covered) {
        throw refused(entry.name(), "its bytes overlap those of " + ConfigFile.shown(before));
      }
      if (entry.begin() > covered) {
        throw refused(
            (entry.begin() - covered)
                + " bytes before tensor "
                + ConfigFile.shown(entry.name())
                + " belong to no tensor");
      }
      covered = entry.end();
      before = entry.name();
    }
    if (covered != dataBytes) {
      throw refused((dataBytes - covered) + " bytes at its end belong to no tensor");
    }
  }

  private static boolean isCount(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0;
  }

  private IllegalArgumentException refused(String tensor, String reason) {
    return refused("tensor " + ConfigFile.shown(tensor) + ": " + reason);
  }

  private IllegalArgumentException refused(String reason) {
    return new IllegalArgumentException(UNSOUND.formatted(file) + reason);
  }
}
