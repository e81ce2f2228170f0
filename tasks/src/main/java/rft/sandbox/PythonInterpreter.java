package rft.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A Python that runs in a sandbox.
 *
 * @param program its path there
 * @param visible its folders, where they are not the system's own
 * @param version for example {@code 3.11.2}
 * @param passedOver others that were looked at first, each with the reason why it is not used
 */
public record PythonInterpreter(
    String program, List<Path> visible, String version, List<String> passedOver) {
  /** The variable that names the interpreter to use. */
  public static final String VARIABLE = "RFT_PYTHON";

  private static final String WHERE =
      "import os, sys; print(sys.executable); print(sys.prefix); print(sys.base_prefix);"
          + " print(os.path.dirname(os.path.realpath(sys.executable)))";
  private static final String VERSION =
      "import sys; print('.'.join(map(str, sys.version_info[:3])))";
  private static final Map<String, PythonInterpreter> FOUND = new ConcurrentHashMap<>();

  public PythonInterpreter {
    visible = List.copyOf(visible);
    passedOver = List.copyOf(passedOver);
  }

  /**
   * Returns the first that runs in this sandbox of: the one that {@code RFT_PYTHON} names, {@code
   * python3} on the PATH, {@code /usr/bin/python3}. Its own packages are there, too.
   *
   * @throws NoSandboxException if none does, saying why for each
   */
  public static PythonInterpreter in(Sandbox sandbox)
      throws NoSandboxException, InterruptedException {
    PythonInterpreter known = FOUND.get(sandbox.name());
    if (known == null) {
      known = search(sandbox, System.getenv());
      FOUND.put(sandbox.name(), known);
    }
    return known;
  }

  static PythonInterpreter search(Sandbox sandbox, Map<String, String> environment)
      throws NoSandboxException, InterruptedException {
    List<String> passedOver = new ArrayList<>();
    for (String candidate : candidates(sandbox, environment)) {
      try {
        List<Path> folders = sandbox.hasHostPrograms() ? folders(candidate) : List.of();
        String program = sandbox.hasHostPrograms() ? folders.get(0).toString() : candidate;
        List<Path> visible =
            folders.stream()
                .skip(1)
                .filter(folder -> !folder.startsWith("/usr"))
                .distinct()
                .toList();
        Outcome outcome =
            sandbox.run(
                new Command(
                    List.of(program, "-s", "-B", "-c", VERSION),
                    Map.of(),
                    "",
                    Limits.standard().withTime(Duration.ofSeconds(20)),
                    visible));
        if (outcome.ending() == Outcome.Ending.EXITED && outcome.exitCode() == 0) {
          return new PythonInterpreter(program, visible, outcome.output().strip(), passedOver);
        }
        passedOver.add(
            candidate
                + " cannot be seen in the sandbox ("
                + outcome.errors().lines().findFirst().orElse("exit code " + outcome.exitCode())
                + ")");
      } catch (IOException e) {
        passedOver.add(candidate + " does not run (" + e.getMessage() + ")");
      }
    }
    throw new NoSandboxException(
        "no Python runs in the sandbox: "
            + String.join("; ", passedOver)
            + ". Install one (Debian: apt-get install python3), or name one with "
            + VARIABLE);
  }

  private static Set<String> candidates(Sandbox sandbox, Map<String, String> environment) {
    Set<String> candidates = new LinkedHashSet<>();
    if (sandbox.hasHostPrograms()) {
      String named = environment.getOrDefault(VARIABLE, "");
      if (!named.isBlank()) {
        candidates.add(named);
      }
      candidates.add("python3");
      candidates.add("/usr/bin/python3");
    } else {
      candidates.add("python3");
    }
    return candidates;
  }

  /** Returns program, prefix, base prefix and the folder of the program itself. */
  private static List<Path> folders(String candidate) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(candidate, "-c", WHERE)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        throw new IOException("it does not answer");
      }
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      List<Path> folders = printed.lines().filter(line -> !line.isBlank()).map(Path::of).toList();
      if (process.exitValue() != 0 || folders.size() != 4) {
        throw new IOException("exit code " + process.exitValue());
      }
      return folders;
    } finally {
      process.destroyForcibly();
    }
  }
}
