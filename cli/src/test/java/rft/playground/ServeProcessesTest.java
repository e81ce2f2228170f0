package rft.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.command.Installation;
import rft.run.RunHome;

/** With real processes that serve the bundled model. */
@Tag("slow")
class ServeProcessesTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Path MODEL =
      Installation.current().root().resolve("models").resolve(Installation.TINY_MODEL);

  @TempDir Path folder;

  @Test
  void theProcessOfBeforeIsFoundAndAKilledOneIsReplaced() throws Exception {
    RunHome home = new RunHome(folder);
    ModelProcess first = new ServeProcesses(home).start(MODEL);
    ModelProcess second = null;
    try {
      Endpoint endpoint = awaited(first);
      // Another workbench, which knows only the home.
      ServeProcesses next = new ServeProcesses(home);
      ModelProcess found = next.find(MODEL).orElseThrow();
      assertEquals(first.pid(), found.pid());
      assertEquals(endpoint, found.endpoint().orElseThrow());

      assertTrue(ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly());
      ProcessHandle.of(first.pid()).ifPresent(process -> process.onExit().join());
      assertFalse(found.isAlive());
      assertTrue(next.find(MODEL).isEmpty());
      second = next.start(MODEL);
      assertNotEquals(first.pid(), second.pid());
      assertFalse(Files.exists(folder.resolve("serving/" + first.pid() + ".json")));
    } finally {
      first.stop(Duration.ZERO);
      if (second != null) {
        second.stop(Duration.ofSeconds(5));
        assertFalse(second.isAlive());
      }
    }
  }

  private static Endpoint awaited(ModelProcess process) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (process.endpoint().isEmpty()) {
      assertTrue(process.isAlive(), process::toString);
      assertTrue(System.nanoTime() < deadline, "it does not answer");
      Thread.sleep(50);
    }
    return process.endpoint().orElseThrow();
  }
}
