package rft.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** When sandboxed processes begin and end: never later than whoever wanted them. */
final class SandboxedLifeTest {
  private static final Limits LIMITS = Limits.standard();
  private static Sandbox sandbox;

  @BeforeAll
  static void find() throws InterruptedException {
    sandbox = Isolation.required();
  }

  @Test
  void whatItPrintedBeforeItEndedIsReadWhole() throws Exception {
    Sandbox quick = new ProcessSandbox(new Unconfined(false));
    List<String> prints = List.of("head", "-c", "60000", "/dev/zero");
    for (int i = 0; i < 100; i++) {
      Outcome outcome = quick.run(new Command(prints, Map.of(), "", LIMITS));
      assertEquals(60_000, outcome.output().length());
    }
  }

  @Test
  void childrenThatItLeavesBehindEndWithIt() throws Exception {
    Command command =
        new Command(List.of("sh", "-c", "setsid sleep 3600 & echo left"), Map.of(), "", LIMITS);
    Outcome outcome = sandbox.run(command);

    assertEquals("left\n", outcome.output());
    assertEquals(0, sandboxed(ProcessHandle.current()));
  }

  @Test
  void itEndsWithThisProcessEvenIfThatIsKilled() throws Exception {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Orphan.class.getName())
            .redirectErrorStream(true)
            .start();
    assertEquals("started", java.inputReader().readLine());
    List<ProcessHandle> children = java.descendants().toList();
    assertFalse(children.isEmpty());

    java.destroyForcibly().waitFor();

    for (ProcessHandle child : children) {
      child.onExit().get(10, TimeUnit.SECONDS);
    }
  }

  /** Starts something that sleeps, and says so. */
  static final class Orphan {
    public static void main(String[] arguments) throws Exception {
      Command command =
          new Command(
              List.of("sh", "-c", "read line; echo $line; sleep 3600"), Map.of(), "", LIMITS);
      Worker worker = Sandboxes.standard().start(command);
      System.out.println(worker.ask("started", Duration.ofSeconds(10)));
      Thread.sleep(3_600_000);
    }
  }

  @Test
  void aWorkerOutlivesTheThreadThatStartedItAndEndsWhenClosed() throws Exception {
    Command echo = new Command(List.of("cat"), Map.of(), "", LIMITS);
    Worker[] started = new Worker[1];
    Thread thread =
        new Thread(
            () -> {
              try {
                started[0] = sandbox.start(echo);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    thread.start();
    thread.join();
    try (Worker worker = started[0]) {
      assertEquals("one", worker.ask("one", Duration.ofSeconds(10)));
      assertEquals("two", worker.ask("two", Duration.ofSeconds(10)));
    }
    WorkerException dead =
        assertThrows(WorkerException.class, () -> started[0].ask("three", Duration.ofSeconds(10)));
    assertEquals(WorkerException.Reason.DIED, dead.reason());
    assertEquals(0, sandboxed(ProcessHandle.current()));
  }

  @Test
  void anInterruptEndsACommand() throws Exception {
    Thread caller =
        new Thread(
            () -> {
              try {
                sandbox.run(new Command(List.of("sleep", "3600"), Map.of(), "", LIMITS));
              } catch (IOException | InterruptedException e) {
                // What the test wants.
              }
            });
    caller.start();
    while (sandboxed(ProcessHandle.current()) == 0) {
      Thread.sleep(5);
    }
    caller.interrupt();
    caller.join(5000);

    assertFalse(caller.isAlive());
    assertEquals(0, sandboxed(ProcessHandle.current()));
  }

  private static long sandboxed(ProcessHandle parent) {
    return parent
        .descendants()
        .filter(child -> child.info().commandLine().orElse("").contains("sleep 3600"))
        .count();
  }
}
