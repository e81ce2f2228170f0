package rft.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What a process prints: the beginning is kept, the rest is read and forgotten, up to a flood. */
final class CappedText {
  private static final int FLOOD = 10;

  private final int kept;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private long total;

  CappedText(int kept) {
    this.kept = kept;
  }

  /**
   * Reads to the end.
   *
   * @param onFlood called once ten times what is kept has come since the last {@link #clear}
   */
  void readAll(InputStream in, Runnable onFlood) {
    byte[] buffer = new byte[8192];
    try (in) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (isFlood(buffer, n)) {
          onFlood.run();
        }
      }
    } catch (IOException e) {
      // The process is gone, and its stream with it.
    }
  }

  private synchronized boolean isFlood(byte[] bytes, int count) {
    total += count;
    text.write(bytes, 0, Math.min(count, kept - text.size()));
    return total > (long) kept * FLOOD;
  }

  synchronized void clear() {
    text.reset();
    total = 0;
  }

  synchronized String text() {
    return text.toString(StandardCharsets.UTF_8);
  }
}
