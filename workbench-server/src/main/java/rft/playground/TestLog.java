package rft.playground;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import rft.run.RunFolder;
import rft.web.PrivateFile;

/**
 * The comparisons that were made of each run: in the folder {@code evaluations} of the home a file
 * for each run, with a {@link TestSummary} a line. The run's own folder is its trainer's alone.
 */
final class TestLog {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;

  TestLog(Path folder) {
    this.folder = folder;
  }

  synchronized void add(String run, TestSummary summary) throws IOException {
    Path file = file(run);
    if (!Files.exists(file)) {
      PrivateFile.write(file, "");
    }
    Files.writeString(file, JSON.writeValueAsString(summary) + "\n", StandardOpenOption.APPEND);
  }

  /** Returns the comparisons of a run, oldest first; a line that a crash tore is left out. */
  synchronized List<JsonNode> of(String run) throws IOException {
    List<JsonNode> summaries = new ArrayList<>();
    if (Files.exists(file(run))) {
      for (String line : Files.readAllLines(file(run))) {
        try {
          summaries.add(JSON.readTree(line));
        } catch (JsonProcessingException torn) {
          // A crash cut it off.
        }
      }
    }
    return summaries;
  }

  /** Returns how often a run's numbers on the test split of a dataset were read. */
  int testReads(String run, String sha256) throws IOException {
    return (int)
        of(run).stream()
            .filter(one -> one.path("rows").asText().equals("test"))
            .filter(one -> one.path("sha256").asText().equals(sha256))
            .count();
  }

  private Path file(String run) {
    if (!RunFolder.isId(run)) {
      throw new IllegalArgumentException("run (" + run + ") is no run id");
    }
    return folder.resolve(run + ".jsonl");
  }
}
