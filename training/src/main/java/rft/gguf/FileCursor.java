package rft.gguf;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** Reads the head of a file from front to back; nothing it returns reaches beyond the file. */
final class FileCursor {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Longest text accepted, in bytes; a chat template has some ten thousand. */
  private static final int MAX_TEXT_BYTES = 1 << 24;

  private final FileChannel channel;
  private final Refusal refusal;
  private final long size;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  private long filledTo;

  FileCursor(FileChannel channel, Refusal refusal) throws IOException {
    this.channel = channel;
    this.refusal = refusal;
    this.size = channel.size();
  }

  /** Returns the index of the next byte. */
  long position() {
    return filledTo - buffer.remaining();
  }

  int int8() throws IOException {
    return next(1).get();
  }

  int int16() throws IOException {
    return next(Short.BYTES).getShort();
  }

  int int32() throws IOException {
    return next(Integer.BYTES).getInt();
  }

  long int64() throws IOException {
    return next(Long.BYTES).getLong();
  }

  float float32() throws IOException {
    return next(Float.BYTES).getFloat();
  }

  double float64() throws IOException {
    return next(Double.BYTES).getDouble();
  }

  /**
   * Returns a number of things to follow.
   *
   * @param leastBytes what each takes at least
   * @throws IllegalArgumentException if the rest of the file cannot hold them
   */
  int count(String what, int leastBytes) throws IOException {
    long count = int64();
    long most = Math.min((size - position()) / leastBytes, Integer.MAX_VALUE - 8);
    if (count < 0 || count > most) {
      throw refusal.truncated(
          "it announces "
              + Long.toUnsignedString(count)
              + " "
              + what
              + ", the rest of the file holds at most "
              + most);
    }
    return (int) count;
  }

  /** Returns a text of UTF-8 with its length before it. */
  String text(String what) throws IOException {
    int length = count("bytes of " + what, 1);
    if (length > MAX_TEXT_BYTES) {
      throw refusal.truncated(
          "it announces " + length + " bytes of " + what + ", more than " + MAX_TEXT_BYTES);
    }
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      int piece = Math.min(length - done, BUFFER_BYTES);
      next(piece).get(bytes, done, piece);
      done += piece;
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private ByteBuffer next(int bytes) throws IOException {
    if (bytes > size - position()) {
      throw refusal.truncated("it ends in the middle of its head, after " + size + " bytes");
    }
    if (buffer.remaining() < bytes) {
      buffer.compact();
      while (buffer.position() < bytes) {
        int read = channel.read(buffer, filledTo);
        if (read < 0) {
          throw new EOFException(refusal.file() + " became shorter while it was read");
        }
        filledTo += read;
      }
      buffer.flip();
    }
    return buffer;
  }
}
