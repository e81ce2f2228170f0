package rft.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import rft.command.Finding;
import rft.wire.ExecuteRequest;
import rft.wire.KernelClient;
import rft.wire.KernelCommand;
import rft.wire.PendingReply;

/** What an installed kernel does when it is asked, with the times it takes. */
final class KernelCheck {
  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration CELL = Duration.ofSeconds(30);
  private static final Duration INTERRUPT = Duration.ofSeconds(15);
  private static final int ROUNDS = 20;
  private static final int BUSY_MILLIS = 300;
  private static final String LOG = "look at what it prints: jupyter console --kernel NAME --debug";

  private final KernelSpec spec;
  private final List<Finding> findings = new ArrayList<>();

  KernelCheck(KernelSpec spec) {
    this.spec = spec;
  }

  List<Finding> findings() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("rft-doctor");
    long start = System.nanoTime();
    try (KernelClient client =
        KernelClient.start(new KernelCommand(spec.command(), spec.environment(), folder), START)) {
      findings.add(ok("Start", "answers after " + millis(start)));
      execution(client);
      display(client);
      completion(client);
      interrupt(client);
      heartbeat(client);
    } catch (IOException | TimeoutException e) {
      findings.add(fail(findings.isEmpty() ? "Start" : "Kernel", String.valueOf(e.getMessage())));
    } finally {
      Files.deleteIfExists(folder);
    }
    return List.copyOf(findings);
  }

  private void execution(KernelClient client)
      throws IOException, InterruptedException, TimeoutException {
    long start = System.nanoTime();
    JsonNode first = lastOutput(client, "1 + 1");
    String firstTime = millis(start);
    String shown = first.path("data").path("text/plain").asText();
    if (!shown.equals("2")) {
      findings.add(fail("Execution", "1 + 1 shows " + first));
      return;
    }
    long warm = System.nanoTime();
    for (int i = 0; i < ROUNDS; i++) {
      lastOutput(client, "1 + 1");
    }
    double mean = (System.nanoTime() - warm) / 1e6 / ROUNDS;
    findings.add(ok("Execution", "1 + 1 in %s, then in %.0f ms".formatted(firstTime, mean)));
  }

  private void display(KernelClient client)
      throws IOException, InterruptedException, TimeoutException {
    JsonNode shown = lastOutput(client, "System.out.println(\"seen\"); java.util.List.of(1, 2)");
    JsonNode data = shown.path("data");
    findings.add(
        data.has("text/plain") && data.has("text/html")
            ? ok("Display", "text and HTML")
            : fail("Display", "a list shows as " + shown));
  }

  private void completion(KernelClient client)
      throws IOException, InterruptedException, TimeoutException {
    long start = System.nanoTime();
    ObjectNode reply = client.complete("\"a\".isEmp", 9);
    findings.add(
        reply.path("matches").toString().contains("isEmpty")
            ? ok("Completion", "in " + millis(start))
            : fail("Completion", "\"a\".isEmp is completed to " + reply.path("matches")));
  }

  private void interrupt(KernelClient client)
      throws IOException, InterruptedException, TimeoutException {
    CountDownLatch begun = new CountDownLatch(1);
    client.onPublished(
        message -> {
          if (message.type().equals("stream")) {
            begun.countDown();
          }
        });
    PendingReply busy =
        client.submit(ExecuteRequest.of("System.out.println(\"begun\"); while (true);"));
    // An interrupt that comes before the cell runs has nothing to stop.
    if (!begun.await(CELL.toSeconds(), TimeUnit.SECONDS)) {
      throw new TimeoutException(
          "an endless cell printed nothing within " + CELL.toSeconds() + " s");
    }
    Thread.sleep(BUSY_MILLIS);
    long start = System.nanoTime();
    client.interrupt();
    String status = busy.await(INTERRUPT).content().path("status").asText();
    String took = millis(start);
    boolean goesOn =
        lastOutput(client, "20 + 3").path("data").path("text/plain").asText().equals("23");
    findings.add(
        status.equals("error") && goesOn
            ? ok("Interrupt", "while (true); stops in " + took)
            : fail("Interrupt", "an endless cell ends with " + status + ", goes on: " + goesOn));
  }

  private void heartbeat(KernelClient client) throws InterruptedException {
    findings.add(
        client
            .heartbeat(Duration.ofSeconds(1))
            .map(echo -> ok("Heartbeat", "in %.1f ms".formatted(echo.toNanos() / 1e6)))
            .orElseGet(() -> fail("Heartbeat", "none within a second")));
  }

  /** Returns the content of the last output of a cell; an empty object if it shows nothing. */
  private static JsonNode lastOutput(KernelClient client, String cell)
      throws IOException, InterruptedException, TimeoutException {
    Notebook scratch = Notebook.parse("{\"cells\":[{\"cell_type\":\"code\"}],\"nbformat\":4}", "");
    CodeCell shown = scratch.codeCells().get(0);
    OutputRecorder recorder = new OutputRecorder();
    client.execute(
        ExecuteRequest.of(cell),
        message -> recorder.record(shown, message.type(), message.content()),
        CELL);
    return shown.outputs().isEmpty()
        ? shown.tree().objectNode()
        : shown.outputs().path(shown.outputs().size() - 1);
  }

  private static String millis(long since) {
    return "%.0f ms".formatted((System.nanoTime() - since) / 1e6);
  }

  private static Finding ok(String subject, String found) {
    return new Finding(subject, Finding.Status.OK, found, "");
  }

  private static Finding fail(String subject, String found) {
    return new Finding(subject, Finding.Status.FAIL, found, LOG);
  }
}
