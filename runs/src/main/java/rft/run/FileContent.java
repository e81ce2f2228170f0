package rft.run;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What goes into one file of a checkpoint. */
@FunctionalInterface
public interface FileContent {
  /**
   * Writes the content to a file that does not exist yet.
   *
   * @throws IOException if it cannot be written
   */
  void writeTo(Path file) throws IOException;

  /** Writes content to a stream. */
  @FunctionalInterface
  interface Streamed {
    /**
     * Writes the content; the stream is buffered, and closed by the caller.
     *
     * @throws IOException if it cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Returns content that is written to a stream. */
  static FileContent stream(Streamed content) {
    return file -> {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
        content.writeTo(out);
      }
    };
  }

  /** Returns these bytes. */
  static FileContent of(byte[] bytes) {
    byte[] copy = bytes.clone();
    return file -> Files.write(file, copy);
  }

  /** Returns this text in UTF-8. */
  static FileContent of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }
}
