package rft.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Two Python processes that do not know each other: what one asks, this one takes to the other. */
final class PythonTests implements AutoCloseable {
  private static final String SCRIPT = "code_tests.py";
  private static final Duration TO_START = Duration.ofSeconds(5);

  /** The statements may still say where they were when the solution's time was up. */
  private static final Duration TO_SAY_SO = Duration.ofSeconds(5);

  private final Sandbox sandbox;
  private final String source;
  private final Limits limits;
  private @Nullable PythonWorker tests;
  private @Nullable PythonWorker solution;
  private JsonNode names = PythonWorker.JSON.createArrayNode();
  private String unusable = "";

  PythonTests(Sandbox sandbox, String source, Limits limits) {
    this.sandbox = sandbox;
    this.source = source;
    this.limits = limits;
  }

  /**
   * Returns why the solution fails these statements, or nothing if it passes.
   *
   * @throws IllegalArgumentException if they are no Python
   */
  String fault(String statements) throws IOException, InterruptedException {
    if (solution == null && unusable.isEmpty()) {
      startSolution();
    }
    if (!unusable.isEmpty()) {
      return unusable;
    }
    if (tests == null) {
      tests = PythonWorker.start(sandbox, SCRIPT, limits);
      tests.ask(PythonWorker.JSON.createObjectNode().put("tests", true), TO_START);
    }
    long end = System.nanoTime() + limits.wallClock().toNanos();
    ObjectNode question = PythonWorker.JSON.createObjectNode().put("test", statements);
    question.set("names", names);
    JsonNode answer = asked(tests, question, end);
    while (answer.has("ask")) {
      ObjectNode told = solved((ObjectNode) answer.get("ask"), end);
      if (told.has("gone")) {
        end = System.nanoTime() + TO_SAY_SO.toNanos();
      }
      answer = asked(tests, told, end);
    }
    if (answer.has("broken")) {
      throw new IllegalArgumentException(
          "a test is no Python: " + answer.get("broken").asText() + " in " + statements);
    }
    return answer.path("passed").asBoolean() ? "" : answer.path("failed").asText("no verdict");
  }

  private JsonNode asked(PythonWorker tests, ObjectNode question, long end)
      throws IOException, InterruptedException {
    try {
      return tests.ask(question, untilEnd(end));
    } catch (PythonException e) {
      closeTests();
      String why =
          e.kind() == PythonException.Kind.TIMED_OUT
              ? "the test did not end within " + limits.wallClock().toMillis() + " ms"
              : "the test itself gave no verdict: " + e.getMessage();
      return PythonWorker.JSON.createObjectNode().put("failed", why);
    }
  }

  /** Returns what the solution answers; that it is gone, if it does not. */
  private ObjectNode solved(ObjectNode question, long end) throws InterruptedException {
    String gone = "the solution has ended";
    if (solution != null) {
      try {
        if (solution.ask(question, untilEnd(end)) instanceof ObjectNode answer) {
          return answer;
        }
      } catch (PythonException e) {
        gone =
            e.kind() == PythonException.Kind.TIMED_OUT
                ? "it did not answer within " + limits.wallClock().toMillis() + " ms"
                : "the solution gave no answer: " + e.getMessage();
      }
      closeSolution();
    }
    return PythonWorker.JSON.createObjectNode().put("gone", gone);
  }

  private void startSolution() throws IOException, InterruptedException {
    PythonWorker fresh = PythonWorker.start(sandbox, SCRIPT, limits);
    solution = fresh;
    try {
      JsonNode answer =
          fresh.ask(
              PythonWorker.JSON.createObjectNode().put("solution", source),
              limits.wallClock().plus(TO_START));
      if (answer.has("names")) {
        names = answer.get("names");
        return;
      }
      unusable =
          "the solution raised "
              + answer.path("raised").asText()
              + ": "
              + answer.path("message").asText();
    } catch (PythonException e) {
      unusable = "the solution does not run: " + e.getMessage();
    }
    closeSolution();
  }

  private static Duration untilEnd(long end) {
    return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
  }

  private void closeSolution() {
    if (solution != null) {
      solution.close();
      solution = null;
    }
  }

  private void closeTests() {
    if (tests != null) {
      tests.close();
      tests = null;
    }
  }

  @Override
  public void close() {
    closeSolution();
    closeTests();
  }
}
