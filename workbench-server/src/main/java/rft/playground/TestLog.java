package rft.playground;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import rft.command.TestSummary;
import rft.run.RunEvaluations;
import rft.run.RunHome;

/** The comparisons that were made of each run, on the page and by commands. */
final class TestLog {
  private final RunHome home;

  TestLog(RunHome home) {
    this.home = home;
  }

  synchronized void add(String run, TestSummary summary) throws IOException {
    new RunEvaluations(home.folder(run)).add(summary);
  }

  /** Returns the comparisons of a run, oldest first; a line that a crash tore is left out. */
  synchronized List<JsonNode> of(String run) throws IOException {
    return new RunEvaluations(home.folder(run)).read();
  }

  /** Returns how often a run's numbers on the test split of a dataset were read. */
  int testReads(String run, String sha256) throws IOException {
    return (int)
        of(run).stream()
            .filter(one -> one.path("rows").asText().equals("test"))
            .filter(one -> one.path("sha256").asText().equals(sha256))
            .count();
  }
}
