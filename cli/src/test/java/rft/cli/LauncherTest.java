package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The built command as a user meets it: a child process, its exit code and what it prints. */
@Tag("slow")
@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {
  private static final Path ROOT = Path.of(System.getProperty("rft.root", ".."));
  private static final String GOOD =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"2+2?\"}],\"reference_answer\":\"4\"}\n";

  @TempDir Path folder;

  @Test
  void helpAnswersFromAnyFolderAndThroughLinks() throws Exception {
    Path links = Files.createTempDirectory("rft links");
    Path link = Files.createSymbolicLink(links.resolve("a link"), ROOT.resolve("rft"));
    Path second = Files.createSymbolicLink(links.resolve("second"), Path.of("a link"));
    Launch.Outcome help = new Launch(second).in(folder).run("--help");
    Files.delete(link);
    Files.delete(second);
    Files.delete(links);
    assertEquals("", help.err());
    assertEquals(0, help.exitCode());
    assertTrue(help.out().contains("data check"), help.out());
  }

  @Test
  void aCleanDatasetIsOk() throws Exception {
    Launch.Outcome outcome = check(GOOD);
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(outcome.out().startsWith("ok  "), outcome.out());
  }

  @Test
  void anEmptyDatasetFails() throws Exception {
    assertProblem("", "has no row");
  }

  @Test
  void aRowWithoutMessagesFails() throws Exception {
    assertProblem(GOOD + "{\"id\":\"a\"}\n", ":2:1: the row has no messages");
  }

  @Test
  void anUnknownRoleFails() throws Exception {
    assertProblem(GOOD.replace("\"user\"", "\"usr\""), "did you mean user?");
  }

  @Test
  void duplicateIdsFail() throws Exception {
    String row = "{\"id\":\"a\"," + GOOD.substring(1);
    assertProblem(row + row, ":2:7: the id \"a\" is already used in line 1");
  }

  @Test
  void aLineOfTenMegabytesFails() throws Exception {
    assertProblem(
        GOOD.replace("2+2?", "x".repeat(10_000_000)), ":1:1: the line is longer than 8 MiB");
  }

  @Test
  void invalidUtf8Fails() throws Exception {
    byte[] bytes = GOOD.getBytes(StandardCharsets.UTF_8);
    bytes[GOOD.indexOf('?')] = (byte) 0xFF;
    Launch.Outcome outcome = checkBytes(bytes);
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.out().contains("not valid UTF-8"), outcome.out());
  }

  @Test
  void aFileThatIsNotThereNamesTheNearest() throws Exception {
    Files.writeString(folder.resolve("addition.jsonl"), GOOD);
    Launch.Outcome outcome = launch().run("data", "check", "addtion.jsonl");
    assertEquals(4, outcome.exitCode());
    assertEquals("rft: no file addtion.jsonl; did you mean addition.jsonl?\n", outcome.err());
    assertEquals("", outcome.out());
  }

  @Test
  void anUnknownVerbNamesTheNearest() throws Exception {
    Launch.Outcome outcome = launch().run("data", "chekc");
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.err().contains("did you mean data check?"), outcome.err());
    Launch.Outcome engine = launch().run("docter");
    assertEquals(2, engine.exitCode());
    assertTrue(engine.err().contains("did you mean doctor?"), engine.err());
  }

  @Test
  void aCommandForDataLoadsNoEngineAndNoDatabase() throws Exception {
    Files.writeString(folder.resolve("d.jsonl"), GOOD);
    Launch.Outcome outcome =
        launch()
            .with("RFT_JAVA_OPTS", "-Xlog:class+load:file=" + folder.resolve("classes"))
            .run("data", "check", "d.jsonl");
    assertEquals(0, outcome.exitCode(), outcome.err());
    String classes = Files.readString(folder.resolve("classes"));
    assertTrue(classes.contains("rft.command.DataCheck"));
    assertFalse(classes.contains("ai.djl."));
    assertFalse(classes.contains("org.sqlite."));
  }

  @Test
  void aPipeIsReadLikeAFile() throws Exception {
    ProcessBuilder builder =
        launch().builder("data", "check", "/dev/stdin").redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().write((GOOD + GOOD).getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(printed.startsWith("ok  /dev/stdin: 2 rows"), printed);
    assertEquals(0, process.waitFor());
  }

  @Test
  void interruptedItEndsWith130() throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "needs env --default-signal");
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    // A test that runs in the background inherits an ignored interrupt; env gives it back.
    ProcessBuilder builder =
        new ProcessBuilder(
                "env", "--default-signal=INT", ROOT + "/rft", "data", "check", pipe.toString())
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    // Opening the pipe to write returns once the command has it open to read; it then waits for
    // more.
    try (OutputStream rows = Files.newOutputStream(pipe)) {
      rows.write(' ');
      String pid = String.valueOf(process.pid());
      assertEquals(0, new ProcessBuilder("kill", "-INT", pid).start().waitFor());
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
      assertEquals(130, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  private void assertProblem(String text, String part) throws Exception {
    Launch.Outcome outcome = check(text);
    assertEquals(1, outcome.exitCode(), outcome.err());
    assertTrue(outcome.out().contains(part), outcome.out());
    assertFalse(outcome.err().contains("\tat "), outcome.err());
    long longest =
        Arrays.stream(outcome.out().split("\n")).mapToInt(String::length).max().orElse(0);
    assertTrue(longest < 300, "a line of " + longest + " characters");
  }

  private Launch.Outcome check(String text) throws Exception {
    return checkBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private Launch.Outcome checkBytes(byte[] bytes) throws IOException, InterruptedException {
    Files.write(folder.resolve("d.jsonl"), bytes);
    return launch().run("data", "check", "d.jsonl");
  }

  private Launch launch() {
    return new Launch(ROOT.resolve("rft")).in(folder);
  }
}
