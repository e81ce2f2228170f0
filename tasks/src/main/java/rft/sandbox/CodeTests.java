package rft.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs code that a model wrote against hidden tests.
 *
 * <p>The code runs in a sandbox of its own. Who judges is another process, or this one: the code
 * sees neither the tests nor where the verdict goes, so that nothing it prints, returns or replaces
 * is a verdict.
 *
 * @param sandbox where it runs
 * @param limits of each process; the wall clock counts for each test
 */
public record CodeTests(Sandbox sandbox, Limits limits) {
  private static final int SHORT = 80;

  /** A JVM reserves address space that it never uses. */
  private static final long JVM_ADDRESS_SPACE = 16L << 30;

  /**
   * What came of it.
   *
   * @param passed tests that passed
   * @param total tests there were
   * @param why one sentence for each that failed, in order
   */
  public record Result(int passed, int total, List<String> why) {
    public Result {
      why = List.copyOf(why);
    }

    /** Returns the share that passed, 0 to 1. */
    public double share() {
      return total == 0 ? 0 : (double) passed / total;
    }
  }

  /**
   * Returns tests in this machine's sandbox.
   *
   * @throws NoSandboxException if there is none
   */
  public static CodeTests standard(Limits limits) throws NoSandboxException, InterruptedException {
    return new CodeTests(Sandboxes.standard(), limits);
  }

  /**
   * Runs a Python module.
   *
   * @throws IllegalArgumentException if a test itself is no Python
   * @throws NoSandboxException if there is no Python in the sandbox
   * @throws IOException if a process cannot be started, or the tests' own process fails
   */
  public Result python(String source, List<CodeTest> tests)
      throws IOException, InterruptedException {
    PythonInterpreter python = PythonInterpreter.in(sandbox);
    Command program =
        new Command(
            List.of(python.program(), "-s", "-B", "/job/solution.py"),
            Map.of("solution.py", source),
            "",
            limits,
            python.visible());
    Tally tally = new Tally();
    try (PythonTests judge = new PythonTests(sandbox, source, limits)) {
      for (CodeTest test : tests) {
        tally.add(
            test.kind() == CodeTest.Kind.HOLDS ? judge.fault(test.given()) : fault(program, test));
      }
    }
    return tally.result();
  }

  /**
   * Runs a Java program of one file, by the JDK of this process.
   *
   * @throws IllegalArgumentException if a test is one of Python statements
   * @throws NoSandboxException if the sandbox shows no JDK
   * @throws IOException if a process cannot be started
   */
  public Result java(String source, List<CodeTest> tests) throws IOException, InterruptedException {
    if (!sandbox.hasHostPrograms()) {
      throw new NoSandboxException(
          "Java code runs in bubblewrap only, and the sandbox here is " + sandbox.name());
    }
    Path home = Path.of(System.getProperty("java.home"));
    Command program =
        new Command(
            List.of(
                home.resolve("bin/java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "/job/Solution.java"),
            Map.of("Solution.java", source),
            "",
            limits.withMemory(JVM_ADDRESS_SPACE),
            jdkFolders(home));
    Tally tally = new Tally();
    for (CodeTest test : tests) {
      if (test.kind() != CodeTest.Kind.PRINTS) {
        throw new IllegalArgumentException("Java code is tested by what it prints");
      }
      tally.add(fault(program, test));
    }
    return tally.result();
  }

  /** Returns the JDK's folder and those beside the system's programs that its links lead to. */
  private static List<Path> jdkFolders(Path home) throws IOException {
    Set<Path> folders = new LinkedHashSet<>();
    folders.add(home);
    try (Stream<Path> files = Files.walk(home, 3)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Path target = Files.exists(link) ? link.toRealPath().getParent() : null;
        if (target != null && target.startsWith("/etc") && target.getNameCount() > 1) {
          folders.add(target);
        }
      }
    }
    return List.copyOf(folders);
  }

  /** Returns why a program fails a test, or nothing if it passes. */
  private String fault(Command program, CodeTest test) throws IOException, InterruptedException {
    Outcome outcome = sandbox.run(program.withInput(test.given()));
    if (outcome.ending() == Outcome.Ending.TIMED_OUT) {
      return "it did not end within " + limits.wallClock().toMillis() + " ms";
    }
    if (outcome.ending() == Outcome.Ending.OUTPUT_LIMIT) {
      return "it printed without end";
    }
    if (outcome.exitCode() != 0) {
      String errors = outcome.errors().strip();
      String last = errors.substring(errors.lastIndexOf('\n') + 1);
      return "it ended with exit code " + outcome.exitCode() + (last.isEmpty() ? "" : ": " + last);
    }
    String printed = trimmed(outcome.output());
    String expected = trimmed(test.expected());
    return printed.equals(expected)
        ? ""
        : "it printed " + quoted(printed) + " instead of " + quoted(expected);
  }

  private static String trimmed(String text) {
    return String.join("\n", text.lines().map(String::stripTrailing).toList()).stripTrailing();
  }

  private static String quoted(String text) {
    String line = text.replace("\n", "\\n");
    return "\"" + (line.length() <= SHORT ? line : line.substring(0, SHORT) + "..") + "\"";
  }

  private static final class Tally {
    private final List<String> why = new ArrayList<>();
    private int total;

    void add(String fault) {
      total++;
      if (!fault.isEmpty()) {
        why.add("test " + total + ": " + fault);
      }
    }

    Result result() {
      return new Result(total - why.size(), total, why);
    }
  }
}
