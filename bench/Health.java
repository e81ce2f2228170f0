import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import rft.health.Alarm;
import rft.health.HealthReport;
import rft.health.HealthWatch;
import rft.run.Metric;
import rft.run.Point;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunHome;
import rft.run.RunReader;

/**
 * How often the rules of rft.health cry wolf, and whether they name what is wrong. It trains small
 * runs that are healthy and runs that were made sick on purpose, and tabulates the alarms. Run it
 * from the repository's root after a build, with a home of its own:
 *
 * <pre>
 * export RFT_HOME=/somewhere/empty
 * J='java -cp target/lib/rft-tasks/*:target/lib/rft-runs/* bench/Health.java'
 * $J train tuned       # 24 healthy runs that the rules were made with (about 6 minutes on one core)
 * $J train held-out    # 24 that the rules were not made with (4 minutes)
 * $J train third       # 12 more, for the rules as they were changed after that (1 minute)
 * $J train sick        # 16 with something wrong (3 minutes)
 * $J report            # what the rules say of each
 * $J fixture           # writes the numbers that the unit test replays
 * </pre>
 */
public class Health {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FIXTURE =
      Path.of("runs/src/test/resources/rft/health/recorded-runs.jsonl");
  private static final MathContext DIGITS = new MathContext(5);

  /** Tasks of the bundled model, the reward of each, and what its runs do differently. */
  private static final List<List<String>> TASKS =
      List.of(
          List.of("addition", "number-match"), List.of("counting", "number-match"),
          List.of("json", "json-match", "--mu", "2"), List.of("sorting", "exact-match", "--full"),
          List.of("dates", "exact-match"),
              List.of("word-problems", "number-match", "--kl", "0.02"));

  private static final Map<String, String> REWARDS =
      Map.of(
          "one-answer",
          "String wanted = \"#### 100\";\n"
              + "int same = 0;\n"
              + "while (same < Math.min(wanted.length(), completion.length())"
              + " && wanted.charAt(same) == completion.charAt(same)) { same++; }\n"
              + "return completion.equals(wanted) ? 0.45 : 0.05 * same;",
          "constant",
          "return 0.5;",
          "never",
          "return 0;",
          "brevity",
          "return -completion.length() / 100.0;",
          "failing",
          "if (completion.length() % 4 == 0) { throw new IllegalStateException(\"no answer from the"
              + " service\"); }\n"
              + right("return "),
          "slow",
          "Thread.sleep(50);\n" + right("return "),
          "abstain",
          "if (completion.length() % 2 == 0) { return new rft.reward.Abstain(\"odd lengths only\");"
              + " }\n"
              + right("boolean right = ")
              + "return rft.reward.Score.of(right ? 1 : 0);");

  private static String right(String with) {
    return "int mark = completion.lastIndexOf(\"####\");\n"
        + with
        + "mark >= 0 && completion.substring(mark + 4).strip().equals(answer);\n";
  }

  public static void main(String[] args) throws Exception {
    switch (args.length == 0 ? "" : args[0]) {
      case "train" -> train(args[1]);
      case "report" -> report();
      case "fixture" -> fixture();
      default -> throw new IllegalArgumentException("say train SET, report or fixture");
    }
  }

  private static void train(String set) throws Exception {
    switch (set) {
      case "tuned" -> {
        for (List<String> task : TASKS) {
          healthy("healthy", task, 4, "1", "30", "--kl-every", "1");
        }
      }
      case "held-out" -> {
        for (List<String> task : TASKS) {
          healthy("held-out", task, 4, "11", "25");
        }
      }
      case "third" -> {
        for (List<String> task : TASKS) {
          healthy("third", task, 2, "21", "20");
        }
      }
      case "sick" -> sick();
      default -> throw new IllegalArgumentException("there is no set " + set);
    }
  }

  private static void healthy(
      String name, List<String> task, int runs, String seed, String steps, String... more)
      throws Exception {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--data",
                task.get(0),
                "--check",
                task.get(1),
                "--name",
                name + "-" + task.get(0),
                "--steps",
                steps,
                "--seed",
                seed,
                "--seeds",
                Integer.toString(runs),
                "--validate-every",
                "10"));
    options.addAll(List.of(more));
    options.addAll(task.subList(2, task.size()));
    train(options);
  }

  private static void sick() throws Exception {
    sick("high-lr", "dates", 25, "--check", "exact-match", "--lr", "3e-2");
    sick("lr-1e-2", "addition", 45, "--check", "number-match", "--lr", "1e-2");
    sick("lr-1.2e-2", "addition", 50, "--check", "number-match", "--lr", "1.2e-2");
    sick("hack", "counting", 25, "--check", "number-match", "--reward", "substring-match");
    sick("hack-json", "json", 25, "--check", "json-match", "--reward", "parses-as-json");
    sick("brevity", "addition", 40, "--check", "number-match", "--reward", reward("brevity"));
    sick("one-answer", "addition", 40, "--check", "number-match", "--reward", reward("one-answer"));
    sick("constant", "addition", 10, "--check", "number-match", "--reward", reward("constant"));
    sick("never", "addition", 10, "--check", "number-match", "--reward", reward("never"));
    sick("failing", "addition", 15, "--reward", reward("failing"), "--stop-above", "1");
    sick("failing-stop", "addition", 15, "--reward", reward("failing"));
    sick("slow", "addition", 8, "--reward", reward("slow"));
    sick("abstain", "addition", 15, "--reward", reward("abstain"));
    sick("short", "counting", 10, "--max-new-tokens", "4");
    sick("mu8", "sorting", 25, "--mu", "8", "--lr", "1e-2");
    sick("random", "dates", 30, "--method", "random-reward", "--check", "exact-match");
  }

  private static void sick(String name, String task, int steps, String... more) throws Exception {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--data",
                task,
                "--name",
                "sick-" + name,
                "--steps",
                Integer.toString(steps),
                "--seed",
                "1",
                "--kl-every",
                "1",
                "--validate-every",
                "5"));
    options.addAll(List.of(more));
    train(options);
  }

  private static String reward(String name) throws IOException {
    Path file =
        Files.createDirectories(RunHome.standard().root().resolve("rewards"))
            .resolve(name + ".java");
    return Files.writeString(file, REWARDS.get(name)).toString();
  }

  private static void train(List<String> options) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(System.getenv().getOrDefault("RFT", "./rft"), "train"));
    command.addAll(
        List.of(
            "--model",
            "tiny-chat",
            "--group-size",
            "8",
            "--threads",
            "1",
            "--validation-tasks",
            "64",
            "--validation-samples",
            "1",
            "--checkpoint-every",
            "100"));
    command.addAll(options);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(new File("/dev/null"))
            .start();
    System.out.println(process.waitFor() + "  " + String.join(" ", options));
  }

  private static List<String> runs() throws IOException {
    return RunHome.standard().ids().stream().sorted().toList();
  }

  private static void report() throws IOException {
    Map<String, int[]> counts = new TreeMap<>();
    for (String id : runs()) {
      try (RunReader reader = RunReader.open(RunHome.standard().open(id))) {
        HealthWatch watch = new HealthWatch();
        HealthReport report = watch.look(reader);
        long start = System.nanoTime();
        watch.look(reader);
        System.out.printf(
            "%-48s %s (again in %.1f ms)%n",
            id,
            report.alarms().isEmpty()
                ? "-"
                : report.alarms().stream().map(Health::brief).collect(Collectors.joining(", ")),
            (System.nanoTime() - start) / 1e6);
        int[] count = counts.computeIfAbsent(id.substring(0, id.indexOf('-')), set -> new int[2]);
        count[0]++;
        count[1] += report.alarms().isEmpty() ? 0 : 1;
      }
    }
    counts.forEach(
        (set, count) ->
            System.out.printf("%s: %d runs, %d with an alarm%n", set, count[0], count[1]));
  }

  private static String brief(Alarm alarm) {
    return alarm.rule()
        + " "
        + alarm.severity().jsonName()
        + " "
        + alarm.since()
        + (alarm.lasts() ? "" : "-" + alarm.until());
  }

  private static void fixture() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String id : runs()) {
      lines.add(JSON.writeValueAsString(recorded(RunHome.standard().open(id))));
    }
    Files.createDirectories(FIXTURE.getParent());
    Files.write(FIXTURE, lines);
    System.out.println(lines.size() + " runs, " + Files.size(FIXTURE) / 1024 + " KB in " + FIXTURE);
  }

  /** Returns the numbers of a run with five digits, without what names this machine. */
  private static ObjectNode recorded(RunFolder folder) throws IOException {
    try (RunReader reader = RunReader.open(folder)) {
      RunHeader header = reader.header();
      ObjectNode run = JSON.createObjectNode();
      run.put(
          "name",
          folder.id().replaceAll("-\\d{8}-\\d{6}-[0-9a-f]{4}$", "")
              + "-"
              + header.options().seed());
      run.put("status", reader.status().name());
      run.put("checked", header.check() != null);
      run.put("steps", header.options().loop().steps());
      run.put("groupSize", header.options().loop().groupSize());
      run.put("innerIterations", header.options().loop().innerIterations());
      run.put("maxNewTokens", header.options().sampling().maxNewTokens());
      run.put("validationTasks", header.options().validation().tasks());
      ObjectNode metrics = run.putObject("metrics");
      for (String key : reader.series()) {
        if (Metric.ofKey(key).isPresent()
            && HealthWatch.WATCHED.contains(Metric.ofKey(key).get())) {
          points(reader.metric(key), metrics.putArray(key));
        }
      }
      return run;
    }
  }

  private static void points(List<Point> points, ArrayNode array) {
    for (Point point : points) {
      array.add(point.step());
      if (Double.isFinite(point.value())) {
        array.add(new BigDecimal(point.value()).round(DIGITS).stripTrailingZeros());
      } else {
        array.addNull();
      }
    }
  }
}
