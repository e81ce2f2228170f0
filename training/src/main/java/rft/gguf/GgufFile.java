package rft.gguf;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * One GGUF file of version 2 or 3, open for reading.
 *
 * <p>Only its head is held in memory. Values are read in pieces rather than mapped: a mapped file
 * that shrinks kills the JVM. Several threads may read at once.
 *
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">the format</a>
 */
final class GgufFile implements AutoCloseable {
  private static final int PIECE_BYTES = 1 << 20;

  private final Refusal refusal;
  private final FileChannel channel;
  private final GgufHeader header;

  private GgufFile(Refusal refusal, FileChannel channel, GgufHeader header) {
    this.refusal = refusal;
    this.channel = channel;
    this.header = header;
  }

  /**
   * Opens a file and checks every count, length and offset of its head against its size.
   *
   * @throws IllegalArgumentException if there is no such file, it is not sound, or one of its
   *     tensors has a type that is not read, naming it
   */
  static GgufFile open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("there is no file " + file);
    }
    Refusal refusal = new Refusal(file);
    try {
      FileChannel channel = FileChannel.open(file);
      boolean done = false;
      try {
        FileCursor cursor = new FileCursor(channel, refusal);
        GgufHeader header = GgufHeader.read(cursor, channel.size(), refusal);
        GgufFile opened = new GgufFile(refusal, channel, header);
        done = true;
        return opened;
      } finally {
        if (!done) {
          channel.close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  Path path() {
    return refusal.file();
  }

  Metadata metadata() {
    return header.metadata();
  }

  /** Returns the names of the tensors, in the order of the file. */
  Set<String> names() {
    return header.tensors().keySet();
  }

  /** Returns the number format in which a tensor is stored. */
  TensorType type(String name) {
    return entry(name).type();
  }

  /** Returns the shape of a tensor, outermost size first. */
  int[] shape(String name) {
    return entry(name).shape().stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Returns the values of a tensor as float32, row-major.
   *
   * @throws IllegalArgumentException if there is no such tensor, or it has more values than one
   *     array holds
   */
  float[] floats(String name) {
    return floats(name, entry(name).innermost(), row -> row);
  }

  /**
   * Returns the values of a tensor as float32 with its rows, along the outermost size, in another
   * order.
   *
   * @param place where a row of the file goes
   */
  float[] floatsByRow(String name, IntUnaryOperator place) {
    GgufHeader.Entry entry = entry(name);
    int rowValues = (int) Math.min(entry.values() / entry.shape().get(0), Integer.MAX_VALUE);
    if (rowValues % entry.type().blockValues() != 0) {
      throw refusal.of("has blocks that reach over several rows in tensor " + name);
    }
    return floats(name, rowValues, place);
  }

  private float[] floats(String name, int rowValues, IntUnaryOperator place) {
    GgufHeader.Entry entry = entry(name);
    if (entry.values() > Integer.MAX_VALUE - 8) {
      throw refusal.of("has " + entry.values() + " values in tensor " + name + ": too many");
    }
    float[] values = new float[(int) entry.values()];
    int rows = values.length / rowValues;
    int rowBytes = rowValues / entry.type().blockValues() * entry.type().blockBytes();
    int piece = Math.max(1, PIECE_BYTES / rowBytes);
    ByteBuffer buffer = ByteBuffer.allocate(Math.min(piece, rows) * rowBytes);
    buffer.order(ByteOrder.LITTLE_ENDIAN);
    try {
      for (int first = 0; first < rows; first += piece) {
        int count = Math.min(piece, rows - first);
        fill(buffer.clear().limit(count * rowBytes), entry.begin() + (long) first * rowBytes);
        for (int i = 0; i < count; i++) {
          int to = place.applyAsInt(first + i) * rowValues;
          decode(entry.type(), buffer, i * rowBytes, values, to, rowValues);
        }
      }
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read tensor " + name + " of " + path(), e);
    }
  }

  private static void decode(
      TensorType type, ByteBuffer in, int from, float[] values, int to, int count) {
    BlockDecoder decoder = type.decoder();
    int at = from;
    for (int done = 0; done < count; done += type.blockValues()) {
      decoder.decode(in, at, values, to + done);
      at += type.blockBytes();
    }
  }

  private void fill(ByteBuffer buffer, long position) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException(path() + " became shorter while it was read");
      }
    }
  }

  private GgufHeader.Entry entry(String name) {
    GgufHeader.Entry entry = header.tensors().get(name);
    if (entry == null) {
      throw new IllegalArgumentException(path() + " has no tensor " + name);
    }
    return entry;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + path(), e);
    }
  }
}
