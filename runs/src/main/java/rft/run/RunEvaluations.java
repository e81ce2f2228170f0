package rft.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The comparisons that were made of a run with its base: in the folder {@code evaluations} of the
 * home a file for each run, with a JSON object a line. The run's own folder is its trainer's alone.
 *
 * @param run whose they are
 */
public record RunEvaluations(RunFolder run) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Returns the file, whether there is one or not. */
  Path file() {
    return run.path().resolve("../../evaluations").normalize().resolve(run.id() + ".jsonl");
  }

  /**
   * Adds one.
   *
   * @param summary a record of numbers, written as JSON
   * @throws IOException if it cannot be written
   */
  public void add(Record summary) throws IOException {
    Path file = file();
    DurableFile.createFolders(file.resolveSibling(""));
    DurableFile.createPrivateIfMissing(file);
    Files.writeString(file, JSON.writeValueAsString(summary) + "\n", StandardOpenOption.APPEND);
  }

  /**
   * Returns all, oldest first; a line that a crash tore is left out.
   *
   * @throws IOException if they cannot be read
   */
  public List<JsonNode> read() throws IOException {
    List<JsonNode> stored = new ArrayList<>();
    if (Files.isRegularFile(file())) {
      for (String line : Files.readAllLines(file())) {
        try {
          stored.add(JSON.readTree(line));
        } catch (JsonProcessingException torn) {
          // A crash cut it off.
        }
      }
    }
    return stored;
  }
}
