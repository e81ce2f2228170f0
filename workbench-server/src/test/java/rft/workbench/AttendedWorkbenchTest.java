package rft.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.command.Progress;
import rft.command.WorkbenchOpened;
import rft.command.WorkbenchProcess;
import rft.run.RunHome;

/** One workbench for each home, found by whoever comes second, gone without a trace. */
final class AttendedWorkbenchTest {
  @TempDir Path folder;
  private final Caller caller = new Caller();

  /** Keeps what it is told, and stops when it is asked to. */
  private static final class Caller implements Progress {
    private final List<String> said = new CopyOnWriteArrayList<>();
    private volatile boolean stop;

    @Override
    public void report(Update update) {}

    @Override
    public void say(String sentence) {
      said.add(sentence);
    }

    @Override
    public boolean stopRequested() {
      return stop;
    }
  }

  @AfterEach
  void stop() {
    caller.stop = true;
  }

  private RunHome home() {
    return new RunHome(folder.resolve("home"));
  }

  private AttendedWorkbench workbench(String host) {
    return new AttendedWorkbench(home(), host, 0, List.of(), false, true, false);
  }

  private CompletableFuture<WorkbenchOpened> start() throws Exception {
    CompletableFuture<WorkbenchOpened> ended =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return workbench("127.0.0.1").run(caller);
              } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
              }
            });
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (WorkbenchProcess.running(home()).isEmpty() && !ended.isDone()) {
      assertTrue(System.nanoTime() < deadline, "it did not start within 20 s");
      Thread.sleep(20);
    }
    return ended;
  }

  private static int login(String link) throws IOException, InterruptedException {
    String[] parts = link.split("/#code=");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(parts[0] + "/api/login"))
            .header("Content-Type", "application/json")
            .header("X-RFT", "1")
            .header("Origin", parts[0])
            .POST(HttpRequest.BodyPublishers.ofString("{\"code\":\"" + parts[1] + "\"}"))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void whoComesSecondIsToldOfTheFirstWithACodeOfItsOwn() throws Exception {
    CompletableFuture<WorkbenchOpened> ended = start();
    WorkbenchOpened second = workbench("127.0.0.1").run(caller);
    assertEquals(WorkbenchOpened.State.RUNNING, second.state());
    assertEquals(ProcessHandle.current().pid(), second.pid());
    assertEquals(204, login(second.link()));
    assertEquals(401, login(second.link()));
    assertEquals(1, caller.said.stream().filter(line -> line.contains("#code=")).count());
    String shown = caller.said.get(0).replaceFirst(".* ", "");
    assertEquals(second.url(), shown.split("/#")[0]);
    assertEquals(204, login(shown));
    caller.stop = true;
    assertEquals(WorkbenchOpened.ended(), ended.get(20, TimeUnit.SECONDS));
    assertTrue(WorkbenchProcess.running(home()).isEmpty());
    assertFalse(Files.exists(folder.resolve("home/workbench.json")));
  }

  @Test
  void theNoteOfAnEndedProcessCountsForNothing() throws Exception {
    Files.createDirectories(folder.resolve("home"));
    String note =
        "{\"url\":\"http://127.0.0.1:1\",\"pid\":%d,\"start\":\"another\",\"since\":\"2026-11-24T21:30:12Z\"}";
    Path file = folder.resolve("home/workbench.json");
    Files.writeString(file, note.formatted(ProcessHandle.current().pid()));
    assertTrue(WorkbenchProcess.running(home()).isEmpty());
    Files.writeString(file, "damaged");
    assertTrue(WorkbenchProcess.running(home()).isEmpty());
    CompletableFuture<WorkbenchOpened> running = start();
    assertFalse(running.isDone());
    assertFalse(WorkbenchProcess.running(home()).orElseThrow().url().endsWith(":1"));
  }

  @Test
  void itEndsWhenItsHomeIsGone() throws Exception {
    CompletableFuture<WorkbenchOpened> ended = start();
    Files.move(folder.resolve("home"), folder.resolve("elsewhere"));
    assertEquals(WorkbenchOpened.ended(), ended.get(20, TimeUnit.SECONDS));
  }

  @Test
  void anotherAddressMustBeMeant() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> workbench("0.0.0.0").run(caller));
    assertTrue(refusal.getMessage().contains("--i-know"), refusal.getMessage());
    assertFalse(Files.exists(folder.resolve("home")));
  }
}
