package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import rft.command.ExitCode;

/** A user with a folder to work in and runs of their own, who types commands. */
final class UserHome {
  static final Path ROOT = Path.of(System.getProperty("rft.root", "..")).toAbsolutePath();
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** A training that takes a second or two. */
  private static final List<String> SMALL =
      List.of(
          "--tasks-per-step=4",
          "--group-size=8",
          "--validation-tasks=8",
          "--validation-samples=1",
          "--max-new-tokens=32",
          "--threads=1");

  /** For servers, which else have both compilers and here live too briefly for the second. */
  private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

  private final Path folder;
  private final Path home;
  private final boolean processes;

  /** Keeps the runs in {@code home} in the folder. */
  UserHome(Path folder) {
    this(folder, folder.resolve("home"));
  }

  UserHome(Path folder, Path home) {
    this(folder, home, true);
  }

  private UserHome(Path folder, Path home, boolean processes) {
    this.folder = folder;
    this.home = home;
    this.processes = processes;
  }

  /**
   * Returns a user whose commands run in this JVM, where engine and compiler are warm, for tests in
   * which launcher, environment, working folder and signals have no part.
   */
  static UserHome within(Path folder) {
    return new UserHome(folder, folder.resolve("home"), false);
  }

  Launch launch() {
    return new Launch(ROOT.resolve("rft"))
        .in(folder)
        .with("RFT_HOME", home.toString())
        .with("RFT_JAVA_OPTS", SHORT_LIVED)
        .with("BROWSER", "none")
        .with("JUPYTER_DATA_DIR", home.resolve("jupyter").toString());
  }

  Launch.Outcome rft(String... arguments) throws Exception {
    return processes ? launch().run(arguments) : here(arguments);
  }

  private Launch.Outcome here(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream printed = System.out;
    PrintStream told = new PrintStream(err, true, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8), told, Terminal.Screen.NONE);
    System.setProperty("rft.home", home.toString());
    System.setOut(told);
    try {
      ExitCode exitCode = new Shell(terminal, new Interruption(terminal)).run(List.of(arguments));
      return new Launch.Outcome(
          exitCode.number(),
          out.toString(StandardCharsets.UTF_8),
          err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(printed);
      System.clearProperty("rft.home");
    }
  }

  /** Returns the outcome of a command that succeeds. */
  Launch.Outcome ok(String... arguments) throws Exception {
    Launch.Outcome outcome = rft(arguments);
    assertEquals(0, outcome.exitCode(), outcome.err() + outcome.out());
    return outcome;
  }

  /** Returns the outcome of a small training with these options as well. */
  Launch.Outcome train(String... options) throws Exception {
    return rft(training(options));
  }

  /** Starts a small training with these options as well. */
  Background startTraining(String... options) throws Exception {
    return launch().start(training(options));
  }

  private static String[] training(String... options) {
    return Stream.of(Stream.of("train"), small(List.of(options)), Stream.of(options))
        .flatMap(arguments -> arguments)
        .toArray(String[]::new);
  }

  /** Returns what makes a training small, but what would have no effect beside its options. */
  private static Stream<String> small(List<String> options) {
    boolean unmeasured = options.contains("--validate-every=0");
    boolean imitates = options.contains("--method=sft");
    return SMALL.stream()
        .filter(small -> !(unmeasured && small.startsWith("--validation-")))
        .filter(small -> !(imitates && small.startsWith("--group-size=")));
  }

  /** Returns the run that a small training with these options made. */
  String trained(String... options) throws Exception {
    List<String> before = runs();
    Launch.Outcome outcome = train(options);
    assertEquals(0, outcome.exitCode(), outcome.err() + outcome.out());
    List<String> made = runs().stream().filter(run -> !before.contains(run)).toList();
    assertEquals(1, made.size(), "one training makes one run");
    return made.get(0);
  }

  /** Returns the ids of all runs. */
  List<String> runs() throws IOException {
    Path runs = home.resolve("runs");
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(runs)) {
      return folders.map(run -> run.getFileName().toString()).sorted().toList();
    }
  }

  String onlyRun() throws IOException {
    assertEquals(1, runs().size(), "runs: " + runs());
    return runs().get(0);
  }

  Path run(String id) {
    return home.resolve("runs").resolve(id);
  }

  Path checkpoint(String id, int step) {
    return run(id).resolve("checkpoints").resolve("step-%06d".formatted(step));
  }

  /** Returns what {@code run.json} says. */
  JsonNode header(String id) throws IOException {
    return JSON.readTree(run(id).resolve("run.json").toFile());
  }

  String status(String id) throws Exception {
    return json("runs", "show", id).path("status").asText();
  }

  /** Returns the one value that a command prints with {@code --json}, which must succeed. */
  JsonNode json(String... arguments) throws Exception {
    String[] withJson =
        Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new);
    return read(ok(withJson).out());
  }

  /** Returns the one JSON value of a text. */
  static JsonNode read(String text) throws IOException {
    return JSON.readTree(text);
  }

  /** Returns the last point of a metric. */
  double lastMetric(String id, String key) throws Exception {
    JsonNode points = json("runs", "show", id).path("metrics").path(key);
    assertTrue(points.size() > 0, key + " is missing");
    return points.get(points.size() - 1).path("value").asDouble();
  }

  /** Returns the exported metrics, without those that depend on the clock. */
  String metrics(String id) throws Exception {
    Path csv = folder.resolve(id + ".csv");
    ok("runs", "export", id, "--force", "--csv", csv.toString());
    List<String[]> rows = Files.readAllLines(csv).stream().map(row -> row.split(",", -1)).toList();
    StringBuilder kept = new StringBuilder();
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        kept.append(rows.get(0)[i].startsWith("time/") ? "" : row[i] + ",");
      }
      kept.append('\n');
    }
    return kept.toString();
  }

  /** Returns the exported rollouts, one JSON object per line. */
  List<String> rollouts(String id) throws Exception {
    Path jsonl = folder.resolve(id + ".jsonl");
    ok("runs", "export", id, "--force", "--jsonl", jsonl.toString());
    return Files.readAllLines(jsonl);
  }

  /** Writes a dataset of the first rows of a sample dataset. */
  Path dataset(String sample, int rows) throws IOException {
    Path source = ROOT.resolve("datasets/samples").resolve(sample + ".jsonl");
    return write(sample + "-" + rows + ".jsonl", firstLines(source, rows));
  }

  private static String firstLines(Path file, int lines) throws IOException {
    try (Stream<String> all = Files.lines(file)) {
      return String.join("\n", all.limit(lines).toList()) + "\n";
    }
  }

  Path write(String file, String text) throws IOException {
    return Files.writeString(folder.resolve(file), text);
  }

  /** Asserts that a command failed with one sentence for the user and nothing else. */
  static void assertRefused(int exitCode, String part, Launch.Outcome outcome) {
    assertEquals(exitCode, outcome.exitCode(), outcome.err() + outcome.out());
    assertEquals("", outcome.out());
    assertSentence(part, outcome.err());
  }

  /** Asserts that the last line on standard error is a sentence, and nobody's stack is shown. */
  static void assertSentence(String part, String err) {
    List<String> lines = err.lines().toList();
    String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    assertTrue(last.startsWith("rft: ") && last.contains(part), err);
    assertFalse(err.contains("\tat ") || err.contains("defect"), err);
    assertTrue(last.length() < 400, "a sentence of " + last.length() + " characters: " + last);
  }
}
