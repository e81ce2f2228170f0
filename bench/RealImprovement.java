import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Trains a real model on the everyday tasks, three seeds each, with two controls, and measures it before and after on
 * the test split. Stop it when you like and start it again, on another machine, too: what is measured lies in {@code
 * docs/results/real-improvement} and is not measured again, and a run that was interrupted goes on. Run it from the
 * repository's root after a build:
 *
 * <pre>
 * java -cp "target/lib/rft-tasks/*" bench/RealImprovement.java plan     # what is done and what is left
 * java -cp "target/lib/rft-tasks/*" bench/RealImprovement.java next     # the next one only
 * java -cp "target/lib/rft-tasks/*" bench/RealImprovement.java all      # everything that is left: hours
 * java -cp "target/lib/rft-tasks/*" bench/RealImprovement.java all real-labels-grpo    # what begins so
 * java -cp "target/lib/rft-tasks/*" bench/RealImprovement.java report   # docs/results/ from what there is
 * </pre>
 *
 * <p>Environment: {@code RFT_HOME} keeps the runs; {@code RFT_MODEL} is the model (default smollm2-135m-instruct: {@code
 * rft model pull smollm2-135m-instruct}); {@code RFT} is the command (default ./rft); {@code JOBS} how many runs are made
 * side by side, which share the cores (default 2: two runs of one thread each get more done than one of two).
 */
public class RealImprovement {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MODEL = environment("RFT_MODEL", "smollm2-135m-instruct");
  private static final String RFT = environment("RFT", "./rft");
  private static final int JOBS = Integer.parseInt(environment("JOBS", "2"));
  private static final String THREADS =
      Integer.toString(Math.max(1, Runtime.getRuntime().availableProcessors() / JOBS));
  private static final Path HOME = Path.of(environment("RFT_HOME", System.getProperty("user.home") + "/.rft"));
  private static final Path RESULTS = Path.of("docs/results");
  private static final Path MEASURED = RESULTS.resolve("real-improvement");
  private static final String TARGET = "mean(tuned) / mean(base) - 1 >= 0.66";

  /**
   * The tasks: the check that is reported, the reward that trains, the longest answer in tokens, and tasks and rollouts of
   * a step: where answers are short, the prompts are the work, and larger groups cost little.
   */
  private static final List<Work> WORKS =
      List.of(
          new Work("labels", "exact-match", "exact-match", 8, 4, 16),
          new Work("instructions", "format-constraints", "format-constraints", 48, 4, 8),
          new Work("extraction", "json-match", "bench/real/rewards/extraction.java", 32, 4, 8),
          new Work("arithmetic", "number-match", "bench/real/rewards/arithmetic.java", 12, 4, 16));

  private record Work(String task, String check, String reward, int maxNewTokens, int tasksPerStep, int groupSize) {}

  private record Trial(Work work, String method, int seed) {
    String name() {
      return "real-" + work.task + "-" + method + "-" + seed;
    }

    Path file() {
      return MEASURED.resolve(name() + ".json");
    }
  }

  public static void main(String[] args) throws Exception {
    Files.createDirectories(MEASURED);
    switch (args.length == 0 ? "" : args[0]) {
      case "plan" -> {
        for (Trial trial : trials()) {
          System.out.printf("%-32s %s%n", trial.name(), state(trial));
        }
      }
      case "next" -> left().stream().findFirst().ifPresentOrElse(RealImprovement::carryOut,
          () -> System.out.println("nothing is left"));
      case "all" -> all(List.of(args).subList(1, args.length));
      case "report" -> report();
      default -> throw new IllegalArgumentException("say plan, next, all or report");
    }
  }

  /** Carries out what is left, of names that begin as wanted; a trial that fails is said, and the others go on. */
  private static void all(List<String> wanted) {
    List<Trial> trials =
        wanted.isEmpty()
            ? left()
            : wanted.stream().flatMap(start -> left().stream().filter(trial -> trial.name().startsWith(start))).distinct().toList();
    ExecutorService jobs = Executors.newFixedThreadPool(JOBS);
    List<CompletableFuture<Void>> begun =
        trials.stream().map(trial -> CompletableFuture.runAsync(() -> carryOut(trial), jobs)).toList();
    for (CompletableFuture<Void> one : begun) {
      try {
        one.join();
      } catch (CompletionException e) {
        System.err.println(e.getCause().getMessage());
      }
    }
    jobs.shutdown();
  }

  /** Returns every trial, the first seed of all tasks before the controls and the other seeds; the hopeless task last. */
  private static List<Trial> trials() {
    List<Trial> trials = new ArrayList<>();
    WORKS.forEach(work -> trials.add(new Trial(work, "grpo", 1)));
    for (String control : List.of("random-reward", "sft-self")) {
      trials.add(new Trial(WORKS.get(0), control, 1));
    }
    for (int seed = 2; seed <= 3; seed++) {
      for (Work work : WORKS) {
        trials.add(new Trial(work, "grpo", seed));
      }
    }
    trials.sort(Comparator.comparing(trial -> trial.work.task.equals("arithmetic")));
    return trials;
  }

  private static List<Trial> left() {
    return trials().stream().filter(trial -> !Files.exists(trial.file())).toList();
  }

  private static String state(Trial trial) throws IOException {
    if (Files.exists(trial.file())) {
      return "measured";
    }
    String id = runOf(trial);
    return id == null ? "not begun" : "begun: " + id;
  }

  /** Returns the newest run of a trial, or null if it has none. */
  private static String runOf(Trial trial) throws IOException {
    if (!Files.exists(HOME.resolve("runs"))) {
      return null;
    }
    try (Stream<Path> runs = Files.list(HOME.resolve("runs"))) {
      return runs.map(run -> run.getFileName().toString())
          .filter(id -> id.matches(trial.name() + "-\\d{8}-\\d{6}-[0-9a-f]{4}"))
          .max(String::compareTo)
          .orElse(null);
    }
  }

  private static void carryOut(Trial trial) {
    try {
      System.out.println(trial.name());
      synchronized (trial.work) {
        base(trial.work);
      }
      String id = train(trial);
      JsonNode page = rft("runs", "show", id);
      ObjectNode measured = JSON.createObjectNode();
      measured.put("task", trial.work.task).put("method", trial.method).put("seed", trial.seed).put("run", id);
      measured.put("status", page.path("status").asText()).put("steps", page.path("last_step").asInt());
      measured.set("best_checkpoint", page.path("best_checkpoint"));
      measured.set("validation", page.path("metrics").path("validation/accuracy"));
      if (page.path("last_step").asInt() > 0) {
        measured.set("tuned", evaluate(trial.work, "--run", id));
      }
      measured.set("machine", page.path("header").path("machine"));
      rft("runs", "export", id, "--csv", MEASURED.resolve(trial.name() + ".csv").toString());
      write(trial.file(), measured);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(trial.name() + ": " + e.getMessage(), e);
    }
  }

  private static void write(Path file, JsonNode value) throws IOException {
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n");
  }

  /** Measures the base model once per task. */
  private static JsonNode base(Work work) throws IOException, InterruptedException {
    Path file = MEASURED.resolve("base-" + work.task + ".json");
    if (!Files.exists(file)) {
      write(file, evaluate(work, "--model", MODEL));
    }
    return JSON.readTree(file.toFile());
  }

  private static JsonNode evaluate(Work work, String which, String value) throws IOException, InterruptedException {
    return rft("evaluate", which, value, "--data", work.task, "--reward", work.check, "--split", "test", "--tasks", "200",
            "--samples", "4", "--max-new-tokens", Integer.toString(work.maxNewTokens), "--precision", "bf16", "--threads", THREADS)
        .path("result");
  }

  /** Returns a run that has ended: one that was made before, one that goes on, or a new one. */
  private static String train(Trial trial) throws IOException, InterruptedException {
    String id = runOf(trial);
    if (id == null) {
      rft(command(trial).toArray(String[]::new));
      return runOf(trial);
    }
    String status = rft("runs", "show", id).path("status").asText().toLowerCase(Locale.ROOT);
    if (!List.of("finished", "diverged", "failed", "reward_failed").contains(status)) {
      rft("train", "--resume", id);
    }
    return id;
  }

  private static List<String> command(Trial trial) {
    Work work = trial.work;
    return List.of("train", "--model", MODEL, "--data", work.task, "--reward", work.reward, "--check", work.check, "--method",
        trial.method, "--name", trial.name(), "--seed", Integer.toString(trial.seed), "--steps", "150", "--tasks-per-step",
        Integer.toString(work.tasksPerStep), "--group-size", Integer.toString(work.groupSize), "--max-new-tokens", Integer.toString(work.maxNewTokens),
        "--precision", "bf16", "--threads", THREADS, "--lr", "1e-4", "--rank", "16", "--micro-batch", "64", "--validate-every", "50",
        "--validation-tasks", "64", "--validation-samples", "2", "--checkpoint-every", "50");
  }

  /** Runs a command and returns its JSON; a run that diverged is a result, too. */
  private static JsonNode rft(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(RFT));
    command.addAll(List.of(arguments));
    command.add("--json");
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(HOME.resolve("real-improvement.log").toFile()))
            .start();
    JsonNode result = JSON.readTree(process.getInputStream());
    int code = process.waitFor();
    if (code != 0 && !(arguments[0].equals("train") && (code == 1 || code == 3))) {
      throw new IllegalStateException(String.join(" ", command) + " ended with " + code + ": " + result);
    }
    return result;
  }

  private static void report() throws IOException, InterruptedException {
    Files.createDirectories(RESULTS);
    StringBuilder page = new StringBuilder();
    ObjectNode all = JSON.createObjectNode();
    page.append("| task | method | seed | steps | sampled, base | sampled, tuned | greedy, base | greedy, tuned | median step | status |\n")
        .append("|---|---|---|---|---|---|---|---|---|---|\n");
    for (Trial trial : trials()) {
      if (Files.exists(trial.file())) {
        JsonNode measured = JSON.readTree(trial.file().toFile());
        JsonNode base = base(trial.work);
        all.set(trial.name(), measured);
        all.set("base-" + trial.work.task, base);
        page.append(row(trial, base, measured));
      } else {
        page.append(String.format("| %s | %s | %d | | | | | | | not run |%n", trial.work.task, trial.method, trial.seed));
      }
    }
    page.append('\n').append(summary(all)).append("\n\nThe command of each run, with its own task, method and seed:\n\n    rft ")
        .append(String.join(" ", command(trials().get(0)))).append('\n');
    Files.writeString(RESULTS.resolve("real-improvement.md"), "# A real model before and after\n\n" + page);
    System.out.print(page);
  }

  private static String row(Trial trial, JsonNode base, JsonNode measured) throws IOException {
    return String.format(Locale.ROOT, "| %s | %s | %d | %d | %s | %s | %s | %s | %.1f s | %s |%n", trial.work.task,
        trial.method, trial.seed, measured.path("steps").asInt(), estimate(base.path("accuracy")),
        estimate(measured.path("tuned").path("accuracy")), estimate(base.path("greedy")),
        estimate(measured.path("tuned").path("greedy")), medianStep(trial),
        measured.path("status").asText().toLowerCase(Locale.ROOT));
  }

  /** Returns the seconds of a step in the middle of all: a sum would count whatever paused the run. */
  private static double medianStep(Trial trial) throws IOException {
    List<String> lines = Files.readAllLines(MEASURED.resolve(trial.name() + ".csv"));
    int column = List.of(lines.get(0).split(",")).indexOf("time/step_seconds");
    double[] seconds =
        lines.stream().skip(1).map(line -> line.split(",", -1)[column]).filter(cell -> !cell.isEmpty())
            .mapToDouble(Double::parseDouble).sorted().toArray();
    return seconds[seconds.length / 2];
  }

  private static String estimate(JsonNode estimate) {
    return estimate.isMissingNode()
        ? "not measured"
        : String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", estimate.path("mean").asDouble(), estimate.path("low").asDouble(),
            estimate.path("high").asDouble());
  }

  /** Returns the ratio of the means over the tasks with a tuned model; each task counts once, whatever its seeds. */
  private static String summary(ObjectNode all) {
    double before = 0;
    double after = 0;
    int tasks = 0;
    for (Work work : WORKS) {
      OptionalDouble tuned =
          trials().stream().filter(trial -> trial.work == work && trial.method.equals("grpo"))
              .map(trial -> all.path(trial.name()).path("tuned").path("accuracy").path("mean"))
              .filter(JsonNode::isNumber).mapToDouble(JsonNode::asDouble).average();
      if (tuned.isPresent()) {
        tasks++;
        before += all.path("base-" + work.task).path("accuracy").path("mean").asDouble();
        after += tuned.getAsDouble();
      }
    }
    return tasks == 0
        ? "No task is measured yet. Target: " + TARGET + " over the tasks."
        : String.format(Locale.ROOT,
            "Over %d of %d tasks (mean over their seeds): sampled accuracy %.3f to %.3f, mean(tuned) / mean(base) - 1 = %+.2f. Target: %s.",
            tasks, WORKS.size(), before / tasks, after / tasks, after / before - 1, TARGET);
  }

  private static String environment(String name, String otherwise) {
    return Map.copyOf(System.getenv()).getOrDefault(name, otherwise);
  }
}
