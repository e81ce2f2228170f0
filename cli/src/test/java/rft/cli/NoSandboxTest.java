package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine without a sandbox: a Python reward does not run, unless that is asked for. */
final class NoSandboxTest {
  private static final Path ROOT = Path.of(System.getProperty("rft.root", "..")).toAbsolutePath();

  @TempDir Path folder;
  private Path reward;

  @BeforeEach
  void write() throws IOException {
    reward = folder.resolve("always.py");
    Files.writeString(reward, "def reward(completion):\n  return 1\n");
  }

  @Test
  void aPythonRewardEndsWithExitCodeFiveAndSaysHowToGetOne() throws Exception {
    Launch.Outcome outcome = rft();

    assertEquals(5, outcome.exitCode(), outcome.err());
    assertEquals("", outcome.out());
    assertTrue(
        outcome.err().startsWith("rft: no sandbox works here (")
            && outcome.err().contains("nstall "),
        outcome.err());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
  }

  @Test
  void onlyWhoeverSaysSoRunsItWithoutOneAndHearsIt() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs python3");

    Launch.Outcome outcome = rft("--unsafe-local-exec");

    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(outcome.out().contains("1 with full marks"), outcome.out());
    assertTrue(outcome.err().startsWith("rft: WARNING: no sandbox works here"), outcome.err());
  }

  /** Scores a row with a PATH on which there is no program at all. */
  private Launch.Outcome rft(String... more) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Drft.root=" + ROOT, "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(Main.class.getName(), "reward", "try", reward.toString()));
    command.addAll(List.of("--data", "addition", "--rows", "1"));
    command.addAll(List.of(more));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("PATH", folder.toString());
    builder.environment().put("RFT_HOME", folder.resolve("home").toString());
    builder.environment().remove("RFT_PYTHON");
    int exitCode = builder.start().waitFor();
    return new Launch.Outcome(
        exitCode,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
