package rft.notebook;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A Python with Jupyter's programs: the one that {@code RFT_PYTHON} names, else {@code python3}.
 * Without one a test is skipped, unless {@code RFT_REQUIRE_PYTHON=1}.
 *
 * @param program absolute path or name
 */
record Python(String program) {
  private static final String HOW =
      "needs Python with the modules of kernel/src/test/python/requirements.txt: python3 -m venv V"
          + " && V/bin/pip install -r kernel/src/test/python/requirements.txt, then set"
          + " RFT_PYTHON=V/bin/python";

  /** What a program printed, and how it ended. */
  record Outcome(int exitCode, String out, String err) {}

  /** Returns it, or skips the test. */
  static Python with(String... modules) throws IOException, InterruptedException {
    Python python = new Python(System.getenv().getOrDefault("RFT_PYTHON", "python3"));
    String imports = "import " + String.join(", ", modules);
    boolean found;
    try {
      found = python.run(Map.of(), "", "-c", imports).exitCode() == 0;
    } catch (IOException none) {
      found = false;
    }
    if (!found && System.getenv().getOrDefault("RFT_REQUIRE_PYTHON", "").equals("1")) {
      fail(HOW + " (" + python.program + " cannot " + imports + ")");
    }
    Assumptions.assumeTrue(found, HOW);
    return python;
  }

  /** Skips the test where there is no Chromium, or fails where Python is required. */
  static void requireChromium() {
    boolean found =
        System.getenv("RFT_CHROMIUM") != null
            || Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(
                    place -> Stream.of("chromium", "google-chrome").map(Path.of(place)::resolve))
                .anyMatch(Files::isExecutable);
    String how = "needs Chromium on the PATH (Debian: apt-get install chromium)";
    if (!found && System.getenv().getOrDefault("RFT_REQUIRE_PYTHON", "").equals("1")) {
      fail(how);
    }
    Assumptions.assumeTrue(found, how);
  }

  /** Returns a script of these tests. */
  static Path script(String name) {
    Path script = Path.of(System.getProperty("rft.root", ".."), "kernel/src/test/python", name);
    assertTrue(Files.exists(script), script.toString());
    return script;
  }

  /** Runs Python with these arguments and feeds it a text. */
  Outcome run(Map<String, String> variables, String input, String... arguments)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("rft", ".out");
    Path err = Files.createTempFile("rft", ".err");
    List<String> command = Stream.concat(Stream.of(program), Stream.of(arguments)).toList();
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(variables);
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      try {
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        assertTrue(process.waitFor(3, TimeUnit.MINUTES), "still running: " + command);
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
