package rft.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.run.ChildProcess;

/** Jobs as a program sees them: real trainings in real processes, asked for over HTTP. */
@Tag("slow")
final class JobsTest {
  private static final String HOW =
      "needs Chromium on the PATH and a Python with playwright, see"
          + " kernel/src/test/python/requirements.txt; RFT_PYTHON names it";

  @TempDir private Path home;
  private WorkbenchProcess workbench;

  @BeforeEach
  void open() throws IOException {
    workbench = WorkbenchProcess.start(home);
  }

  @AfterEach
  void close() throws Exception {
    workbench.close();
    for (ChildProcess child : children()) {
      child.stop(Duration.ZERO);
    }
  }

  @Test
  void aRunIsStartedPausedResumedForkedAndStopped() throws Exception {
    String job = start("lesson", 400).path("id").asText();
    JsonNode running = workbench.awaitJob(job, "running");
    String run = running.path("run").asText();
    assertTrue(run.startsWith("lesson-"), run);
    awaitStep(job, 2);
    assertEquals(List.of("pause", "cancel"), actions(workbench.get("/api/jobs/" + job)));

    workbench.post("/api/runs/" + run + "/pause", "{}", 200);
    JsonNode paused = workbench.awaitJob(job, "paused");
    int reached = paused.path("step").asInt();
    assertEquals(List.of("resume", "remove"), actions(paused));

    workbench.post("/api/runs/" + run + "/resume", "{}", 200);
    String fork =
        workbench
            .post(
                "/api/runs/" + run + "/fork",
                "{\"step\": %d, \"name\": \"branch\", \"options\": {\"--lr\": \"1e-3\"}}"
                    .formatted(reached),
                201)
            .path("id")
            .asText();
    JsonNode again = workbench.awaitJob(job, "running");
    assertEquals(run, again.path("run").asText());
    assertEquals(2, again.path("attempts").asInt());
    awaitStep(job, reached + 4); // It keeps its latest two checkpoints, and that of the fork.
    workbench.post("/api/runs/" + run + "/resume", "{}", 409);
    assertEquals("queued", workbench.get("/api/jobs/" + fork).path("state").asText());

    workbench.post("/api/runs/" + run + "/stop", "{}", 200);
    assertEquals("cancelled", workbench.awaitJob(job, "cancelled").path("state").asText());
    JsonNode forked = workbench.awaitJob(fork, "running");
    assertNotEquals(run, forked.path("run").asText());
    assertTrue(forked.path("run").asText().startsWith("branch-"));
    workbench.post("/api/jobs/" + fork + "/cancel", "{}", 200);
    workbench.awaitJob(fork, "cancelled");
  }

  @Test
  void aKilledJobIsShownAsCrashedWithItsLastLinesAndCanBeResumed() throws Exception {
    String job = start("victim", 400).path("id").asText();
    awaitStep(job, 2);
    long pid = workbench.get("/api/jobs/" + job).path("pid").asLong();
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    JsonNode crashed = workbench.awaitJob(job, "crashed");
    assertEquals(137, crashed.path("exitCode").asInt());
    assertTrue(crashed.path("problem").asText().contains("killed"), crashed + "");
    assertTrue(crashed.path("lines").toString().contains("train "), crashed + "");
    assertEquals(List.of("resume", "remove"), actions(crashed));

    workbench.post("/api/jobs/" + job + "/resume", "{}", 200);
    JsonNode running = workbench.awaitJob(job, "running");
    assertEquals(crashed.path("run"), running.path("run"));
    awaitStep(job, crashed.path("step").asInt() + 1);
  }

  @Test
  void aTrainingGoesOnWithoutTheWorkbenchAndIsFoundAgain() throws Exception {
    String first = start("first", 400).path("id").asText();
    String second = start("second", 3).path("id").asText();
    awaitStep(first, 1);
    JsonNode before = workbench.get("/api/jobs/" + first);
    assertEquals("queued", workbench.get("/api/jobs/" + second).path("state").asText());
    workbench.close();

    long pid = before.path("pid").asLong();
    assertTrue(ProcessHandle.of(pid).orElseThrow().isAlive());
    workbench = WorkbenchProcess.start(home);
    JsonNode after = workbench.awaitJob(first, "running");
    assertEquals(pid, after.path("pid").asLong());
    assertEquals(before.path("run"), after.path("run"));
    awaitStep(first, before.path("step").asInt() + 2);

    // Its place is given to the next once it ends, whoever started it.
    workbench.post("/api/jobs/" + first + "/cancel", "{}", 200);
    workbench.awaitJob(first, "cancelled");
    JsonNode done = workbench.awaitJob(second, "succeeded");
    assertEquals(3, done.path("step").asInt());
    assertFalse(done.path("run").asText().isEmpty());
  }

  @Test
  void theQueueHasAnOrderAndJobsCanBeTakenOffIt() throws Exception {
    String running = start("a", 400).path("id").asText();
    workbench.awaitJob(running, "running");
    String b = start("b", 3).path("id").asText();
    String c = start("c", 3).path("id").asText();
    assertEquals(1, workbench.get("/api/jobs/" + b).path("place").asInt());
    workbench.post("/api/jobs/" + c + "/move", "{\"before\": \"" + b + "\"}", 200);
    assertEquals(2, workbench.get("/api/jobs/" + b).path("place").asInt());
    workbench.post("/api/jobs/" + c + "/cancel", "{}", 200);
    assertEquals("cancelled", workbench.get("/api/jobs/" + c).path("state").asText());
    assertEquals(1, workbench.get("/api/jobs/" + b).path("place").asInt());
    workbench.delete("/api/jobs/" + running, 409);
    workbench.delete("/api/jobs/" + c, 204);
    assertEquals(2, workbench.get("/api/jobs").path("jobs").size());
    workbench.post("/api/jobs/" + b + "/cancel", "{}", 200);
    workbench.post("/api/jobs/" + running + "/kill", "{}", 200);
    String run = workbench.awaitJob(running, "cancelled").path("run").asText();
    assertEquals("stopped", workbench.get("/api/runs/" + run).findValue("status").asText());
  }

  @Test
  void whatIsWrongIsSaidBeforeAnythingStarts() throws Exception {
    refused(
        "{\"model\":\"tiny-chat\",\"data\":\"additon\",\"reward\":\"number-match\"}", "addition");
    refused("{\"model\":\"../../etc\",\"data\":\"addition\",\"reward\":\"number-match\"}", "model");
    refused(
        "{\"model\":\"tiny-chat\",\"data\":\"/etc/passwd\",\"reward\":\"number-match\"}",
        "dataset");
    refused("{\"model\":\"tiny-chat\",\"data\":\"addition\",\"reward\":\"/tmp/a.java\"}", "reward");
    refused(body("x", 3).replace("\"--threads\":\"1\"", "\"--lr\":\"7\""), "--lr (7.0) must be");
    refused(body("x", 3).replace("\"--threads\":\"1\"", "\"--fork\":\"a@1\""), "no option --fork");
    JsonNode checked =
        workbench.post("/api/options/check", "{\"options\":{\"--steps\":\"0\"}}", 200);
    assertEquals("--steps", checked.path("problems").path(0).path("option").asText());
    assertEquals(0, workbench.get("/api/jobs").path("jobs").size());
    assertTrue(Files.readString(home.resolve("audit.jsonl")).contains("POST /api/jobs"));
  }

  @Test
  void aRewardIsWrittenCompiledAndTriedInProcessesOfTheirOwn() throws Exception {
    String source = "boolean right(String completion, String answer) {\\n  return %s;\\n}\\n";
    save(source.formatted("completion.endWith(answer)"), false, 201);
    JsonNode broken = checked("{\"kind\":\"show\",\"reward\":\"mine.java\"}", "failed");
    assertEquals(2, broken.path("error").path("problems").path(0).path("line").asInt());
    save(source.formatted("completion.endsWith(answer)"), false, 409);
    save(source.formatted("completion.endsWith(answer)"), true, 201);
    JsonNode tried =
        checked(
            "{\"kind\":\"try\",\"reward\":\"mine.java\",\"data\":\"addition\",\"size\":3}", "done");
    assertEquals(3, tried.path("result").path("references").path("full_marks").asInt());
    JsonNode copy =
        workbench.post("/api/rewards", "{\"name\":\"copy\",\"template\":\"fuzzy-match\"}", 201);
    assertEquals("own", copy.path("kind").asText());
    workbench.post("/api/rewards", "{\"name\":\"../x\",\"source\":\"a\"}", 400);
    workbench.post("/api/checks", "{\"kind\":\"shell\"}", 400);
    workbench.delete("/api/rewards/copy.java", 204);
    assertFalse(Files.exists(home.resolve("rewards/copy.java")));
  }

  @Test
  void timeAndMemoryOfATrainingAreMeasuredBeforeItStarts() throws Exception {
    JsonNode seen =
        checked(body("x", 500).replace("\"name\": \"x\"", "\"kind\": \"measure\""), "done");
    assertTrue(seen.path("measured").path("stepSeconds").asDouble() > 0, seen + "");
    assertTrue(seen.path("measured").path("peakBytes").asLong() > 50_000_000, seen + "");
    assertEquals(0, workbench.get("/api/runs").path("runs").size());
  }

  @Test
  void theFormIsFilledInAndTheJobSteeredInABrowser() throws Exception {
    String python = System.getenv().getOrDefault("RFT_PYTHON", "python3");
    boolean there = canDriveABrowser(python);
    assertTrue(there || !"1".equals(System.getenv("RFT_REQUIRE_PYTHON")), HOW);
    assumeTrue(there, HOW);
    Path script = WorkbenchProcess.root().resolve("cli/src/test/python/new_job_in_browser.py");
    Path shots =
        Files.createDirectories(WorkbenchProcess.root().resolve("target").resolve("screenshots"));
    Path output = home.resolve("browser.txt");
    Process browser =
        new ProcessBuilder(python, script.toString(), shots.toString(), workbench.link())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(browser.waitFor(8, TimeUnit.MINUTES), () -> text(output));
      assertEquals(0, browser.exitValue(), () -> text(output));
    } finally {
      browser.descendants().forEach(ProcessHandle::destroyForcibly);
      browser.destroyForcibly();
    }
  }

  private static boolean canDriveABrowser(String python) throws Exception {
    try {
      String look =
          "import playwright, shutil, os, sys;"
              + "sys.exit(not (os.environ.get('RFT_CHROMIUM') or shutil.which('chromium')"
              + " or shutil.which('google-chrome')))";
      return new ProcessBuilder(python, "-c", look).start().waitFor() == 0;
    } catch (IOException noPython) {
      return false;
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void save(String source, boolean replace, int status) throws Exception {
    workbench.post(
        "/api/rewards",
        "{\"name\":\"mine\",\"source\":\"%s\",\"replace\":%s}".formatted(source, replace),
        status);
  }

  private JsonNode checked(String body, String state) throws Exception {
    String id = workbench.post("/api/checks", body, 201).path("id").asText();
    JsonNode seen =
        workbench.await(
            "/api/checks/" + id, check -> !check.path("state").asText().equals("running"));
    assertEquals(state, seen.path("state").asText(), seen + "");
    workbench.delete("/api/checks/" + id, 204);
    assertFalse(Files.exists(home.resolve("checks").resolve(id)));
    return seen;
  }

  private void refused(String body, String part) throws Exception {
    String message = workbench.post("/api/jobs", body, 400).path("error").path("message").asText();
    assertTrue(message.contains(part), message);
  }

  private JsonNode start(String name, int steps) throws Exception {
    return workbench.post("/api/jobs", body(name, steps), 201);
  }

  private static String body(String name, int steps) {
    return """
    {"name": "%s", "model": "tiny-chat", "data": "addition", "reward": "number-match",
     "options": {"--steps":"%d","--tasks-per-step":"2","--group-size":"4","--validation-tasks":"4",
      "--validation-samples":"1","--max-new-tokens":"16","--threads":"1"}}
    """
        .formatted(name, steps);
  }

  private void awaitStep(String job, int step) throws Exception {
    workbench.await("/api/jobs/" + job, view -> view.path("step").asInt() >= step);
  }

  private static List<String> actions(JsonNode job) {
    List<String> actions = new ArrayList<>();
    job.path("actions").forEach(action -> actions.add(action.asText()));
    return actions;
  }

  private List<ChildProcess> children() throws IOException {
    Path jobs = home.resolve("jobs");
    List<ChildProcess> children = new ArrayList<>();
    try (Stream<Path> folders = Files.walk(jobs, 2)) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        ChildProcess.find(folder).ifPresent(children::add);
      }
    }
    return children;
  }
}
