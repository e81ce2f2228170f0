package rft.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.command.Progress;
import rft.wire.CellListener;
import rft.wire.ExecuteRequest;
import rft.wire.KernelClient;
import rft.wire.KernelCommand;
import rft.wire.PendingReply;

/** A kernel as a front-end has it: a process of its own that runs Java. */
@Tag("slow")
final class KernelRunTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;

  /** What the command line does, which is a later module. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws Exception {
      new KernelRun(Path.of(args[0])).run(Progress.SILENT);
      System.exit(0);
    }
  }

  private KernelClient start(Map<String, String> environment) throws Exception {
    return start(environment, List.of());
  }

  /** Starts it by these words, which are followed by the command. */
  private KernelClient start(Map<String, String> environment, List<String> by) throws Exception {
    List<String> argv = new ArrayList<>(by);
    argv.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName(),
            "{connection_file}"));
    return KernelClient.start(new KernelCommand(argv, environment, folder), LIMIT);
  }

  private static String error(PendingReply pending) throws Exception {
    return pending.await(LIMIT).content().path("ename").asText();
  }

  /** Returns a cell that runs: it has printed. An interrupt before that has nothing to stop. */
  private static PendingReply begin(KernelClient client, String code) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    client.onPublished(
        message -> {
          if (message.type().equals("stream")) {
            begun.countDown();
          }
        });
    PendingReply cell = client.submit(ExecuteRequest.of("System.out.println(\"begun\"); " + code));
    assertTrue(begun.await(LIMIT.toSeconds(), TimeUnit.SECONDS), "the cell never began");
    return cell;
  }

  @Test
  void javaRunsIsStoppedByMessageAndBySignalAndGoesOn() throws Exception {
    try (KernelClient client = start(Map.of())) {
      StringBuilder results = new StringBuilder();
      CellListener listener =
          message -> results.append(message.content().at("/data/text~1plain").asText(""));
      client.execute(ExecuteRequest.of("int a = 6; a * 7"), listener, LIMIT);
      assertEquals("42", results.toString());

      PendingReply loop = begin(client, "while (true);");
      assertEquals("out", client.complete("System.o", 8).path("matches").path(0).asText());
      assertTrue(client.heartbeat(Duration.ofSeconds(2)).isPresent());
      client.interrupt();
      assertEquals("Interrupted", error(loop));

      PendingReply sleep = begin(client, "Thread.sleep(100_000);");
      long process = client.process().orElseThrow().pid();
      assertEquals(0, new ProcessBuilder("kill", "-INT", "" + process).start().waitFor());
      assertEquals("Interrupted", error(sleep));

      client.execute(ExecuteRequest.of("a"), listener, LIMIT);
      assertEquals("426", results.toString());
    }
  }

  @Test
  void aMessageStopsACellAlsoWhereSignalsAreIgnored() throws Exception {
    // As a script's background jobs are started, and all that those start.
    List<String> ignoring = List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh");
    try (KernelClient client = start(Map.of(), ignoring)) {
      PendingReply sleep = begin(client, "Thread.sleep(100_000);");
      long process = client.process().orElseThrow().pid();
      assertEquals(0, new ProcessBuilder("kill", "-INT", "" + process).start().waitFor());
      assertThrows(TimeoutException.class, () -> sleep.await(Duration.ofSeconds(1)));
      client.interrupt();
      assertEquals("Interrupted", error(sleep));
    }
  }

  @Test
  void whatEndsABackgroundThreadIsPrintedToItsCell() throws Exception {
    try (KernelClient client = start(Map.of())) {
      StringBuilder printed = new StringBuilder();
      client.execute(
          ExecuteRequest.of(
              "Thread t = new Thread(() -> { throw new IllegalStateException(\"seen\"); });"
                  + " t.start(); t.join();"),
          message -> printed.append(message.content().path("text").asText("")),
          LIMIT);
      assertTrue(printed.toString().contains("IllegalStateException: seen"), printed.toString());
    }
  }

  @Test
  void itEndsOnRequestEvenWhileACellSpins() throws Exception {
    try (KernelClient client = start(Map.of())) {
      begin(client, "while (true);");
      client.shutdown(false);
      assertEquals(0, exitCode(client));
    }
  }

  @Test
  void itEndsWhenItIsTerminatedAndItsLastMessagesStillLeave() throws Exception {
    try (KernelClient client = start(Map.of())) {
      StringBuilder printed = new StringBuilder();
      CountDownLatch running = new CountDownLatch(1);
      client.onPublished(
          message -> {
            if (message.type().equals("stream")) {
              running.countDown();
            }
          });
      PendingReply cell =
          client.submit(ExecuteRequest.of("System.out.print(\"here\"); Thread.sleep(100_000);"));
      assertTrue(running.await(LIMIT.toSeconds(), TimeUnit.SECONDS));
      client.process().orElseThrow().destroy();
      assertEquals("KernelEnded", wait(cell, printed));
      assertEquals("here", printed.toString());
      client.process().orElseThrow().onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private static String wait(PendingReply cell, StringBuilder printed) throws Exception {
    return cell.await(LIMIT, message -> printed.append(message.content().path("text").asText("")))
        .content()
        .path("ename")
        .asText();
  }

  @Test
  void itEndsWithTheProcessThatStartedIt() throws Exception {
    Process parent = new ProcessBuilder("sleep", "100").start();
    try (KernelClient client = start(Map.of("JPY_PARENT_PID", "" + parent.pid()))) {
      assertTrue(client.isAlive());
      parent.destroy();
      assertEquals(0, exitCode(client));
    }
  }

  @Test
  void aConnectionFileThatIsNotThereIsNamed() {
    KernelRun run = new KernelRun(folder.resolve("none.json"));
    IOException none = assertThrows(IOException.class, () -> run.run(Progress.SILENT));
    assertTrue(String.valueOf(none.getMessage()).contains("none.json"), none.getMessage());
  }

  @Test
  void environmentWithoutAParentIsNoReasonToEnd() {
    Map<String, String> none = new HashMap<>();
    none.put("JPY_PARENT_PID", "not a number");
    boolean[] ended = new boolean[1];
    ParentProcess.whenEnded(none, () -> ended[0] = true);
    ParentProcess.whenEnded(Map.of(), () -> ended[0] = true);
    assertEquals(false, ended[0]);
  }

  private static int exitCode(KernelClient client) throws Exception {
    client.process().orElseThrow().onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    // A kernel that is gone says how to whoever asks it something.
    IOException gone =
        assertThrows(IOException.class, () -> client.submit(ExecuteRequest.of("1")).await(LIMIT));
    String message = String.valueOf(gone.getMessage());
    return Integer.parseInt(message.replaceAll("(?s).*ended with code (\\d+).*", "$1"));
  }
}
