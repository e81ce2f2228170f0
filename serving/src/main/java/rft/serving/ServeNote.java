package rft.serving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import rft.web.PrivateFile;

/**
 * The file by which other programs of the user find a server: where it is and which file holds its
 * token. It is there while the server runs.
 *
 * @param file of its process, {@code RFT_HOME/serving/PID.json}
 */
record ServeNote(Path file) implements AutoCloseable {
  private static final String FOLDER = "serving";

  /** Returns the note of this process. */
  static ServeNote ofProcess(Path home) {
    return new ServeNote(home.resolve(FOLDER).resolve(ProcessHandle.current().pid() + ".json"));
  }

  /** Returns where the token lies unless a user names a file. */
  Path tokenFile() {
    return file.resolveSibling(ProcessHandle.current().pid() + ".token");
  }

  /**
   * Writes it, for the user alone.
   *
   * @param model the base model's name
   * @param folder where that lies
   */
  void write(String url, String model, Path folder, Path tokenFile) throws IOException {
    ProcessHandle process = ProcessHandle.current();
    ObjectNode note =
        Fields.json()
            .put("url", url)
            .put("pid", process.pid())
            .put("started", process.info().startInstant().orElse(Instant.now()).toString())
            .put("model", model)
            .put("folder", folder.toString())
            .put("token_file", tokenFile.toAbsolutePath().toString());
    PrivateFile.write(file, note.toPrettyString() + "\n");
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
