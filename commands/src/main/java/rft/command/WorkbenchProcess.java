package rft.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import rft.run.ChildProcess;
import rft.run.RunHome;
import rft.run.WorkbenchNote;

/** The workbench of a home as another process sees it: found, started, asked for a way in. */
public final class WorkbenchProcess {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration END = Duration.ofSeconds(10);
  private static final int POLL_MILLIS = 50;

  private final RunHome home;
  private final WorkbenchNote note;

  private WorkbenchProcess(RunHome home, WorkbenchNote note) {
    this.home = home;
    this.note = note;
  }

  /** Returns the one that runs, or empty if none does. */
  public static Optional<WorkbenchProcess> running(RunHome home) throws IOException {
    return WorkbenchNote.running(home).map(note -> new WorkbenchProcess(home, note));
  }

  /**
   * Returns one that runs in the background: the one there is, or a new one, which outlives this
   * process.
   *
   * @param options of {@code rft workbench} for a new one
   * @param stop whether to give up waiting for it
   * @throws CommandException if it does not start
   */
  public static WorkbenchProcess require(RunHome home, List<String> options, BooleanSupplier stop)
      throws IOException, InterruptedException {
    Optional<WorkbenchProcess> there = running(home);
    if (there.isPresent()) {
      return there.get();
    }
    List<String> arguments = new ArrayList<>(List.of("workbench", "--unattended"));
    arguments.addAll(options);
    Map<String, String> environment = Map.of("RFT_HOME", home.root().toString());
    ChildProcess child =
        ChildProcess.start(home.root().resolve("workbench"), arguments, environment);
    long deadline = System.nanoTime() + START.toNanos();
    while (running(home).isEmpty()) {
      if (stop.getAsBoolean() || !child.isAlive() || System.nanoTime() > deadline) {
        throw notStarted(child, stop.getAsBoolean());
      }
      Thread.sleep(POLL_MILLIS);
    }
    return running(home).orElseThrow(() -> notStarted(child, false));
  }

  private static CommandException notStarted(ChildProcess child, boolean stopped) {
    try {
      child.stop(Duration.ZERO);
      int code = child.exitCode().orElse(ExitCode.FAILED.number());
      List<String> said = child.lastLines(1);
      String reason =
          stopped || said.isEmpty()
              ? "the workbench did not start; " + child.log() + " has more"
              : said.get(0).replaceFirst("^rft: ", "");
      boolean usage = code == ExitCode.USAGE.number();
      return new CommandException(usage ? ExitCode.USAGE : ExitCode.FAILED, reason);
    } catch (IOException e) {
      return new CommandException(ExitCode.FAILED, "the workbench did not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CommandException(ExitCode.FAILED, "interrupted", e);
    }
  }

  /** Returns the address of its page. */
  public String url() {
    return note.url();
  }

  /** Returns the number of its process. */
  public long pid() {
    return note.pid();
  }

  /**
   * Returns an address of its page with a new code, which opens it once. The code stands behind the
   * {@code #}, which a browser sends to nobody.
   *
   * @param path on it, for example {@code /runs/a}
   * @throws CommandException if it does not answer, or not as the workbench of this home
   */
  public String link(String path) throws IOException, InterruptedException {
    JsonNode code = send("POST", "/api/codes", Map.of()).path("code");
    return note.url() + path + "#code=" + code.asText();
  }

  /**
   * Asks it for a change, with its token.
   *
   * @param path for example {@code /api/deployments}
   * @param body becomes JSON
   * @return the JSON that it answers; null in JSON where it says nothing
   * @throws CommandException if it refuses, with its sentence, or does not answer as a workbench
   */
  JsonNode send(String method, String path, Object body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(note.url() + path))
            .timeout(ANSWER)
            .header("Authorization", "Bearer " + token())
            .header("Content-Type", "application/json")
            .header("X-RFT", "1")
            .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    HttpResponse<String> response = answered(request);
    JsonNode answer = parsed(response.body());
    if (response.statusCode() / 100 == 2) {
      return answer;
    }
    JsonNode said = answer.path("error").path("message");
    throw new CommandException(
        response.statusCode() == 404 ? ExitCode.NOT_FOUND : ExitCode.FAILED,
        said.isTextual()
            ? said.textValue()
            : "the workbench at %s (pid %d) answers with status %d; end it with 'rft workbench --stop'"
                .formatted(note.url(), note.pid(), response.statusCode()));
  }

  private HttpResponse<String> answered(HttpRequest request) throws InterruptedException {
    try {
      return HttpClient.newBuilder()
          .connectTimeout(ANSWER)
          .build()
          .send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "the workbench at %s (pid %d) does not answer; 'rft workbench --stop' ends it"
              .formatted(note.url(), note.pid()),
          e);
    }
  }

  private static JsonNode parsed(String body) {
    try {
      return JSON.readTree(body.isEmpty() ? "null" : body);
    } catch (JsonProcessingException e) {
      return NullNode.getInstance();
    }
  }

  private String token() throws IOException {
    return Files.readString(WorkbenchNote.token(home)).strip();
  }

  /** Ends it softly, and hard if it has not ended in time; what it started goes on. */
  public void stop() throws IOException, InterruptedException {
    Optional<ProcessHandle> process = ProcessHandle.of(note.pid());
    if (process.isEmpty() || WorkbenchNote.running(home).filter(note::equals).isEmpty()) {
      return;
    }
    process.get().destroy();
    long deadline = System.nanoTime() + END.toNanos();
    while (process.get().isAlive() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    process.get().destroyForcibly();
  }
}
