package rft.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A cursor over the lines of a byte stream that never holds more than one line, and of a line never
 * more than its limit. It hashes every byte it passes.
 */
final class ByteLines {
  private final InputStream in;
  private final int maxBytes;
  private final MessageDigest digest = Sha256.start();
  private final byte[] chunk = new byte[1 << 16];
  private int chunkStart;
  private int chunkEnd;
  private byte[] line = new byte[1 << 12];
  private int length;
  private long number;
  private boolean tooLong;

  ByteLines(InputStream in, int maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  /** Moves to the next line; returns false at the end of the stream. */
  boolean advance() throws IOException {
    length = 0;
    tooLong = false;
    boolean any = false;
    while (chunkStart < chunkEnd || fill()) {
      any = true;
      int newline = indexOfNewline();
      append(newline);
      chunkStart = Math.min(newline + 1, chunkEnd);
      if (newline < chunkEnd) {
        break;
      }
    }
    if (any) {
      number++;
    }
    return any;
  }

  /** Returns the 1-based number of the current line. */
  long number() {
    return number;
  }

  /** Returns true if the line was over the limit, and its bytes were let go. */
  boolean tooLong() {
    return tooLong;
  }

  /** Returns the bytes of the line without its line end, valid until the next advance. */
  ByteBuffer bytes() {
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    return ByteBuffer.wrap(line, 0, end);
  }

  /** Returns the SHA-256 of everything read; complete once {@link #advance} has returned false. */
  String sha256() {
    return Sha256.hex(digest);
  }

  private boolean fill() throws IOException {
    chunkStart = 0;
    chunkEnd = Math.max(0, in.read(chunk));
    digest.update(chunk, 0, chunkEnd);
    return chunkEnd > 0;
  }

  private int indexOfNewline() {
    int i = chunkStart;
    while (i < chunkEnd && chunk[i] != '\n') {
      i++;
    }
    return i;
  }

  private void append(int end) {
    int count = end - chunkStart;
    if (tooLong || length + count > maxBytes) {
      tooLong = true;
      length = 0;
      return;
    }
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.min(maxBytes, Math.max(2 * line.length, length + count)));
    }
    System.arraycopy(chunk, chunkStart, line, length, count);
    length += count;
  }
}
