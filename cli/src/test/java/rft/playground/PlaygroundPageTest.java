package rft.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.run.ChildProcess;
import rft.run.RunHome;
import rft.web.ServerAddress;
import rft.workbench.Workbench;

/** A run that was really trained, processes that really serve it, a browser that clicks. */
@Tag("slow")
class PlaygroundPageTest {
  private static final String HOW =
      "needs Chromium on the PATH and a Python with playwright: python3 -m venv V && V/bin/pip"
          + " install -r kernel/src/test/python/requirements.txt, then set RFT_PYTHON=V/bin/python";
  private static final Path ROOT = Path.of(System.getProperty("rft.root", ".."));
  private static final String PYTHON = System.getenv().getOrDefault("RFT_PYTHON", "python3");
  private static final List<String> TRAINING =
      List.of(
          "train",
          "--data=addition",
          "--steps=4",
          "--tasks-per-step=4",
          "--group-size=8",
          "--validate-every=2",
          "--validation-tasks=16");

  @TempDir Path folder;

  @Test
  void everyActionOfItsPagesWorksInABrowser() throws Exception {
    requireBrowser();
    RunHome home = new RunHome(folder.resolve("home"));
    String run = trained(home);
    try (Workbench workbench = Workbench.start(home, ServerAddress.loopback(0))) {
      String said = clicked(workbench.link(), run);
      assertTrue(said.contains("deploy well"), said);
    }
    assertEquals(List.of(), notes(home), "a process that serves a model is left");
  }

  private String trained(RunHome home) throws IOException, InterruptedException {
    Map<String, String> environment = Map.of("RFT_HOME", home.root().toString());
    ChildProcess training = ChildProcess.start(folder.resolve("train"), TRAINING, environment);
    assertTrue(training.waitFor(Duration.ofMinutes(3)));
    assertEquals(0, training.exitCode().orElse(-1), () -> lines(training));
    return home.ids().get(0);
  }

  private static String lines(ChildProcess training) {
    try {
      return String.join("\n", training.lastLines(20));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static List<Path> notes(RunHome home) throws IOException {
    try (Stream<Path> files = Files.list(home.root().resolve("serving"))) {
      return files.toList();
    }
  }

  private String clicked(String link, String run) throws IOException, InterruptedException {
    Path script = ROOT.resolve("workbench-server/src/test/python/playground_in_browser.py");
    Path shots = Files.createDirectories(ROOT.resolve("target/screenshots")).toAbsolutePath();
    Path output = folder.resolve("browser.txt");
    Process browser =
        new ProcessBuilder(PYTHON, script.toString(), shots.toString(), link, run)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(browser.waitFor(4, TimeUnit.MINUTES), "the browser is still busy");
      assertEquals(0, browser.exitValue(), Files.readString(output));
      return Files.readString(output);
    } finally {
      browser.descendants().forEach(ProcessHandle::destroyForcibly);
      browser.destroyForcibly();
    }
  }

  private static void requireBrowser() throws InterruptedException {
    boolean found;
    try {
      Process python = new ProcessBuilder(PYTHON, "-c", "import playwright").start();
      found = python.waitFor() == 0 && chromiumIsThere();
    } catch (IOException none) {
      found = false;
    }
    if (!found && System.getenv().getOrDefault("RFT_REQUIRE_PYTHON", "").equals("1")) {
      fail(HOW);
    }
    Assumptions.assumeTrue(found, HOW);
  }

  private static boolean chromiumIsThere() {
    return System.getenv("RFT_CHROMIUM") != null
        || Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .flatMap(place -> Stream.of("chromium", "google-chrome").map(Path.of(place)::resolve))
            .anyMatch(Files::isExecutable);
  }
}
