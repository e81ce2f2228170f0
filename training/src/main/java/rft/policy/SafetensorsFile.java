package rft.policy;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * One safetensors file, open for reading.
 *
 * <p>Only the header is held in memory. Values are read in pieces rather than mapped: a mapped file
 * that shrinks kills the JVM, and on Windows it could not be replaced by the next checkpoint.
 * Several threads may read at once.
 */
public final class SafetensorsFile implements TensorFile {
  /** Longest header accepted, in bytes; a 70B model's takes about a hundred thousand. */
  static final int MAX_HEADER_BYTES = 10_000_000;

  private static final int PIECE_BYTES = 1 << 20;

  /** How a pointer of Git LFS begins; as the length of a header it would be beyond any file. */
  private static final ByteBuffer LFS_POINTER =
      ByteBuffer.wrap("version ".getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();

  private final Path file;
  private final FileChannel channel;
  private final long dataStart;
  private final Map<String, SafetensorsHeader.Entry> entries;

  private SafetensorsFile(
      Path file,
      FileChannel channel,
      long dataStart,
      Map<String, SafetensorsHeader.Entry> entries) {
    this.file = file;
    this.channel = channel;
    this.dataStart = dataStart;
    this.entries = entries;
  }

  /**
   * Opens a file and checks its header against its size.
   *
   * @throws IllegalArgumentException if there is no such file, or it is not sound, naming what is
   *     wrong
   */
  public static SafetensorsFile open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("there is no file " + file);
    }
    try {
      FileChannel channel = FileChannel.open(file);
      boolean done = false;
      try {
        SafetensorsFile opened = open(file, channel);
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

  private static SafetensorsFile open(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < Long.BYTES) {
      throw refused(file, "it has " + size + " bytes, too few for a header length: fetch it again");
    }
    ByteBuffer start = read(channel, file, 0, Long.BYTES);
    if (start.equals(LFS_POINTER)) {
      throw refused(
          file,
          "it is the pointer that Git leaves where LFS is missing: run git lfs pull in its folder");
    }
    long length = start.getLong();
    if (length < 0 || length > size - Long.BYTES) {
      String announced = "its header is announced with " + Long.toUnsignedString(length) + " bytes";
      throw refused(
          file,
          announced
              + ", the whole file has "
              + size
              + ": is it truncated, or another format? Fetch it again");
    }
    if (length > MAX_HEADER_BYTES) {
      throw refused(
          file,
          "its header of " + length + " bytes is longer than the accepted " + MAX_HEADER_BYTES);
    }
    byte[] header = read(channel, file, Long.BYTES, (int) length).array();
    long dataStart = Long.BYTES + length;
    return new SafetensorsFile(
        file, channel, dataStart, SafetensorsHeader.parse(header, size - dataStart, file));
  }

  /** Returns where the file lies. */
  @Override
  public Path path() {
    return file;
  }

  /** Returns the names of the tensors, in the order of the header. */
  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /**
   * Returns the number format in which a tensor is stored.
   *
   * @throws IllegalArgumentException if there is no such tensor
   */
  public SafetensorsType type(String name) {
    return entry(name).type();
  }

  @Override
  public String typeName(String name) {
    return type(name).name();
  }

  /**
   * Returns the shape of a tensor, outermost size first.
   *
   * @throws IllegalArgumentException if there is no such tensor
   */
  @Override
  public int[] shape(String name) {
    return entry(name).shape().stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Returns the values of a tensor as float32, row-major.
   *
   * @throws IllegalArgumentException if there is no such tensor, or it has more values than one
   *     array holds
   */
  @Override
  public float[] floats(String name) {
    SafetensorsHeader.Entry entry = entry(name);
    long count = (entry.end() - entry.begin()) / entry.type().bytes();
    if (count > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "tensor " + name + " of " + file + " has " + count + " values: too many");
    }
    float[] values = new float[(int) count];
    int piece = PIECE_BYTES / entry.type().bytes();
    try {
      for (long start = 0; start < count; start += piece) {
        int bytes = (int) Math.min(piece, count - start) * entry.type().bytes();
        long position = dataStart + entry.begin() + start * entry.type().bytes();
        entry.type().decode(read(channel, file, position, bytes), values, (int) start);
      }
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read tensor " + name + " of " + file, e);
    }
  }

  private SafetensorsHeader.Entry entry(String name) {
    SafetensorsHeader.Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(file + " has no tensor " + name);
    }
    return entry;
  }

  private static ByteBuffer read(FileChannel channel, Path file, long position, int bytes)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException(file + " became shorter while it was read");
      }
    }
    return buffer.flip();
  }

  private static IllegalArgumentException refused(Path file, String reason) {
    return new IllegalArgumentException(SafetensorsHeader.UNSOUND.formatted(file) + reason);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + file, e);
    }
  }
}
