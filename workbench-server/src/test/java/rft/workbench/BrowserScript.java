package rft.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A Python script that drives a headless Chromium with Playwright. It prints what it found and ends
 * with 1 if something is not as it must be. Without Python, Playwright or Chromium a test is
 * skipped, unless {@code RFT_REQUIRE_PYTHON=1}.
 */
final class BrowserScript {
  private static final String HOW =
      "needs Chromium on the PATH and a Python with playwright: python3 -m venv V && V/bin/pip"
          + " install -r kernel/src/test/python/requirements.txt, then set RFT_PYTHON=V/bin/python";
  private static final Path ROOT = Path.of(System.getProperty("rft.root", ".."));

  private final Process process;
  private final Path output;

  private BrowserScript(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts a script of these tests, or skips the test.
   *
   * @param arguments of the script; before them it gets the folder for screenshots
   */
  static BrowserScript start(String name, String... arguments) throws Exception {
    String python = System.getenv().getOrDefault("RFT_PYTHON", "python3");
    if (!canImportPlaywright(python) || !chromiumIsThere()) {
      if (System.getenv().getOrDefault("RFT_REQUIRE_PYTHON", "").equals("1")) {
        fail(HOW);
      }
      Assumptions.abort(HOW);
    }
    Path script = ROOT.resolve("workbench-server/src/test/python").resolve(name);
    assertTrue(Files.exists(script), script.toString());
    Path shots = Files.createDirectories(ROOT.resolve("target/screenshots")).toAbsolutePath();
    Path output = Files.createTempFile("rft-browser-", ".txt");
    List<String> command =
        Stream.concat(Stream.of(python, script.toString(), shots.toString()), Stream.of(arguments))
            .toList();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new BrowserScript(process, output);
  }

  private static boolean canImportPlaywright(String python) throws InterruptedException {
    try {
      Process found = new ProcessBuilder(python, "-c", "import playwright").start();
      return found.waitFor() == 0;
    } catch (IOException none) {
      return false;
    }
  }

  private static boolean chromiumIsThere() {
    return System.getenv("RFT_CHROMIUM") != null
        || Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .flatMap(place -> Stream.of("chromium", "google-chrome").map(Path.of(place)::resolve))
            .anyMatch(Files::isExecutable);
  }

  /** Returns true while the script runs. */
  boolean isRunning() {
    return process.isAlive();
  }

  /** Waits for the script's end; fails with what it printed if it found something wrong. */
  void succeeds() throws IOException, InterruptedException {
    try {
      assertTrue(process.waitFor(6, TimeUnit.MINUTES), () -> "still running: " + printed());
      assertEquals(0, process.exitValue(), this::printed);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Files.deleteIfExists(output);
    }
  }

  private String printed() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
