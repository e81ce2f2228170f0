package rft.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path temporary;
  private Path folder;

  /** The launcher of these tests is a shell: a child's only argument is a script. */
  @BeforeEach
  void launchShells() {
    assumeFalse(System.getProperty("os.name").startsWith("Windows"), "these scripts need a shell");
    System.setProperty("rft.launcher", "/bin/sh\n-c");
    folder = temporary.resolve("child");
  }

  @AfterEach
  void end() throws Exception {
    System.clearProperty("rft.launcher");
    var child = ChildProcess.find(folder);
    if (child.isPresent()) {
      child.get().stop(Duration.ZERO);
    }
  }

  @Test
  void aChildSaysHowItEndedAndWhatItSaid() throws Exception {
    ChildProcess child = start("echo out; echo \"err $WORD\" >&2; exit 3", Map.of("WORD", "words"));
    assertTrue(child.waitFor(PATIENCE));
    assertEquals(OptionalInt.of(3), child.exitCode());
    assertEquals(List.of("err words"), child.lastLines(5));
    assertEquals("out\n", Files.readString(child.out()));
  }

  @Test
  void itsFolderAndFilesAreItsUsersAlone() throws Exception {
    ChildProcess child = start("exit 0", Map.of());
    assertTrue(child.waitFor(PATIENCE));
    assertEquals("rwx------", mode(folder));
    assertEquals("rw-------", mode(child.log()));
    assertEquals("rw-------", mode(child.out()));
    assertEquals("rw-------", mode(folder.resolve("child.json")));
    assertEquals("rw-------", mode(folder.resolve("exit")));
    assertFalse(Files.readString(folder.resolve("child.json")).contains("RFT_PROGRESS"));
  }

  @Test
  void aLaterProcessFindsItByItsFolder() throws Exception {
    ChildProcess child = start("sleep 60", Map.of());
    ChildProcess found = ChildProcess.find(folder).orElseThrow();
    assertTrue(found.isAlive());
    assertEquals(child.pid(), found.pid());
    assertEquals(List.of("sleep 60"), found.arguments());
    assertEquals(OptionalInt.empty(), found.exitCode());
    found.stop(PATIENCE);
    assertFalse(child.isAlive());
    assertEquals(OptionalInt.of(128 + 15), ChildProcess.find(folder).orElseThrow().exitCode());
  }

  @Test
  void onlyOneChildRunsInAFolder() throws Exception {
    ChildProcess first = start("sleep 60", Map.of());
    IllegalStateException refusal =
        assertThrows(IllegalStateException.class, () -> start("exit 0", Map.of()));
    assertTrue(refusal.getMessage().contains("pid " + first.pid()), refusal.getMessage());
    first.stop(Duration.ZERO);
    assertTrue(start("exit 0", Map.of()).waitFor(PATIENCE));
    assertEquals(OptionalInt.of(0), ChildProcess.find(folder).orElseThrow().exitCode());
  }

  @Test
  void oneThatDoesNotListenIsKilledWithWhatItStarted() throws Exception {
    ChildProcess child = start("trap '' TERM; sleep 61 & echo $! >&2; wait; wait", Map.of());
    while (child.lastLines(1).isEmpty()) {
      Thread.sleep(5);
    }
    long grandchild = Long.parseLong(child.lastLines(1).get(0));
    child.stop(Duration.ofMillis(200));
    assertFalse(child.isAlive());
    assertEquals(OptionalInt.of(128 + 9), child.exitCode());
    // It is dead, but alive by its number until whoever inherited it has asked how it ended.
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (ProcessIdentity.of(grandchild).isAlive() && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertFalse(ProcessIdentity.of(grandchild).isAlive());
  }

  @Test
  void oneThatIsKilledFromOutsideIsSeenToBeDead() throws Exception {
    ChildProcess child = start("sleep 60", Map.of());
    ProcessHandle.of(child.pid()).orElseThrow().destroyForcibly();
    assertTrue(child.waitFor(PATIENCE));
    assertEquals(OptionalInt.of(128 + 9), child.exitCode());
  }

  @Test
  void itHasASessionOfItsOwnSoThatATerminalCannotEndIt() throws Exception {
    ChildProcess child = start("sleep 60", Map.of());
    assertFalse(session(child.pid()).equals(session(ProcessHandle.current().pid())));
  }

  @Test
  void itOutlivesTheProcessThatStartedIt() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Drft.launcher=/bin/sh\n-c",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Starter.class.getName(),
                folder.toString())
            .inheritIO()
            .start();
    while (ChildProcess.find(folder).isEmpty()) {
      assertTrue(parent.isAlive());
      Thread.sleep(5);
    }
    parent.destroyForcibly().waitFor();
    ChildProcess child = ChildProcess.find(folder).orElseThrow();
    assertTrue(child.isAlive());
    Files.createFile(folder.resolve("end"));
    assertTrue(child.waitFor(PATIENCE));
    assertEquals(OptionalInt.of(7), child.exitCode());
  }

  /**
   * A process that starts a child, which ends with 7 once a file is there, and then does nothing.
   */
  static final class Starter {
    public static void main(String[] arguments) throws Exception {
      String end = arguments[0] + "/end";
      ChildProcess.start(
          Path.of(arguments[0]),
          List.of("while [ ! -e '" + end + "' ]; do sleep 0.05; done; exit 7"),
          Map.of());
      Thread.sleep(60_000);
    }
  }

  @Test
  void progressIsFoundAmongOtherLines() throws Exception {
    ProgressLine position = ProgressLine.position("train", 3, 50, Map.of("reward", 0.25));
    ChildProcess child =
        start(
            "printf '%s\\n' '"
                + position.toJson()
                + "' '"
                + ProgressLine.sentence("a checkpoint").toJson()
                + "' '{broken' plain >&2",
            Map.of());
    assertTrue(child.waitFor(PATIENCE));
    assertEquals(position, child.progress().orElseThrow());
    assertEquals(
        List.of("train 3/50  reward 0.2500", "a checkpoint", "{broken", "plain"),
        child.lastLines(9));
  }

  private ChildProcess start(String script, Map<String, String> environment) throws IOException {
    return ChildProcess.start(folder, List.of(script), environment);
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  /** Returns the session a process belongs to. */
  private static String session(long pid) throws Exception {
    Process ps = new ProcessBuilder("ps", "-o", "sess=", "-p", String.valueOf(pid)).start();
    return new String(ps.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
        .strip();
  }
}
