package rft.job;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.UnsupportedMediaTypeResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Bytes on their way from a browser: what is read is kept in a file, and refused as soon as it is
 * too much or plainly no text.
 */
final class UploadStream extends FilterInputStream {
  private final OutputStream copy;
  private final Limits limits;
  private final byte[] head = new byte[4];
  private long bytes;
  private long lines;
  private long inLine;

  /**
   * How much is taken.
   *
   * @param lines at most
   * @param lineBytes of one line at most
   */
  record Limits(long lines, long lineBytes) {}

  UploadStream(InputStream in, OutputStream copy, Limits limits) {
    super(in);
    this.copy = copy;
    this.limits = limits;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int got = receive(buffer, offset, length);
    for (int i = offset; i < offset + got; i++) {
      look(buffer[i]);
    }
    if (got > 0) {
      copy.write(buffer, offset, got);
    }
    return got;
  }

  private int receive(byte[] buffer, int offset, int length) {
    try {
      return in.read(buffer, offset, length);
    } catch (IOException e) {
      throw new BadRequestResponse("the upload broke off");
    }
  }

  private void look(byte next) {
    if (bytes < head.length) {
      head[(int) bytes] = next;
      refuseOtherKinds((int) bytes + 1);
    }
    bytes++;
    inLine++;
    if (next == '\n') {
      lines++;
      inLine = 0;
    }
    if (lines >= limits.lines()) {
      throw new ContentTooLargeResponse("the file has more than " + limits.lines() + " lines");
    }
    if (inLine > limits.lineBytes()) {
      throw new ContentTooLargeResponse(
          "line "
              + (lines + 1)
              + " is longer than "
              + (limits.lineBytes() >> 20)
              + " MiB: shorten the row, or check for missing line breaks");
    }
  }

  /** What a file is shows in its first bytes, whatever its name says. */
  private void refuseOtherKinds(int known) {
    refuse(known, "a ZIP archive", 'P', 'K', 3, 4);
    refuse(known, "compressed with gzip", 0x1F, 0x8B);
    refuse(known, "a serialised Java object", 0xAC, 0xED);
    refuse(known, "a pickle of Python", 0x80, 2);
    refuse(known, "a pickle of Python", 0x80, 3);
    refuse(known, "a pickle of Python", 0x80, 4);
    refuse(known, "a pickle of Python", 0x80, 5);
    refuse(known, "a Parquet file", 'P', 'A', 'R', '1');
  }

  private void refuse(int known, String kind, int... beginning) {
    if (known != beginning.length) {
      return;
    }
    for (int i = 0; i < known; i++) {
      if ((head[i] & 0xFF) != beginning[i]) {
        return;
      }
    }
    throw new UnsupportedMediaTypeResponse(
        "the file is " + kind + "; upload JSONL: one JSON object per line, in UTF-8");
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
