import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs {@code rft quickstart} many times and tabulates before and after on the test split. Run it from the repository's
 * root after a build:
 *
 * <pre>
 * java -cp "target/lib/rft-tasks/*" bench/Quickstarts.java seeds            # the quickstart on five seeds
 * java -cp "target/lib/rft-tasks/*" bench/Quickstarts.java tasks [MODEL..]  # every task, on each warm-up of the model
 * java -cp "target/lib/rft-tasks/*" bench/Quickstarts.java controls         # a coin as reward, and imitation of own samples
 * </pre>
 */
public class Quickstarts {
  private static final List<String> TASKS =
      List.of("addition", "counting", "dates", "json", "sorting", "word-problems");
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] args) throws Exception {
    String mode = args.length == 0 ? "" : args[0];
    List<JsonNode> results = new ArrayList<>();
    System.out.printf("%-15s %-14s %4s  %-15s %-15s %8s %8s %7s %7s%n", "task", "method", "seed", "sampled", "greedy",
        "relative", "points", "train s", "all s");
    switch (mode) {
      case "seeds" -> {
        for (int seed = 1; seed <= 5; seed++) {
          results.add(run("addition", "grpo", seed, "tiny-chat"));
        }
      }
      case "tasks" -> {
        List<String> models = args.length > 1 ? List.of(args).subList(1, args.length) : List.of("tiny-chat");
        for (String model : models) {
          for (String task : TASKS) {
            results.add(run(task, "grpo", 1, model));
          }
        }
      }
      case "controls" -> {
        for (String method : List.of("random-reward", "sft-self")) {
          for (String task : TASKS) {
            results.add(run(task, method, 1, "tiny-chat"));
          }
          summary(method, results);
          results.clear();
        }
        return;
      }
      default -> throw new IllegalArgumentException("say seeds, tasks or controls");
    }
    summary(mode, results);
  }

  private static JsonNode run(String task, String method, int seed, String model) throws Exception {
    List<String> command = List.of("./rft", "quickstart", "--json", "--no-serve", "--task", task, "--method", method,
        "--seed", Integer.toString(seed), "--model", model);
    Process process =
        new ProcessBuilder(command).redirectError(new File("target/quickstarts.log")).start();
    JsonNode result = JSON.readTree(process.getInputStream());
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed: " + result);
    }
    System.out.printf(Locale.ROOT, "%-15s %-14s %4d  %.3f -> %.3f  %.3f -> %.3f  %+7.0f%% %+8.1f %7.1f %7.1f%n", task,
        method, seed, result.path("base_accuracy").asDouble(), result.path("tuned_accuracy").asDouble(),
        result.path("base_greedy").asDouble(), result.path("tuned_greedy").asDouble(),
        100 * result.path("relative_gain").asDouble(),
        100 * (result.path("tuned_accuracy").asDouble() - result.path("base_accuracy").asDouble()),
        result.path("train_seconds").asDouble(), result.path("seconds").asDouble());
    return result;
  }

  /** Prints which share of the training's wall time each stage took, over all runs. */
  private static void shares(List<JsonNode> results) throws Exception {
    double rollout = 0;
    double reward = 0;
    double train = 0;
    double all = 0;
    for (JsonNode result : results) {
      Process process = new ProcessBuilder("./rft", "runs", "show", result.path("run").asText(), "--json")
          .redirectError(ProcessBuilder.Redirect.DISCARD).start();
      JsonNode metrics = JSON.readTree(process.getInputStream()).path("metrics");
      rollout += sum(metrics.path("time/rollout_seconds"));
      reward += sum(metrics.path("time/reward_seconds"));
      train += sum(metrics.path("time/train_seconds"));
      all += result.path("train_seconds").asDouble();
    }
    System.out.printf(Locale.ROOT, "share of training time: rollout %.0f %%, reward %.0f %%, loss to update %.0f %%,"
            + " rest (validation, records, checkpoints, start) %.0f %%%n%n", 100 * rollout / all, 100 * reward / all,
        100 * train / all, 100 * (all - rollout - reward - train) / all);
  }

  private static double sum(JsonNode points) {
    double sum = 0;
    for (JsonNode point : points) {
      sum += point.path("value").asDouble();
    }
    return sum;
  }

  private static void summary(String what, List<JsonNode> results) throws Exception {
    double base = results.stream().mapToDouble(result -> result.path("base_accuracy").asDouble()).average().orElse(0);
    double tuned = results.stream().mapToDouble(result -> result.path("tuned_accuracy").asDouble()).average().orElse(0);
    double lowest =
        results.stream().mapToDouble(result -> result.path("relative_gain").asDouble()).min().orElse(0);
    System.out.printf(Locale.ROOT,
        "%s: mean sampled accuracy %.3f -> %.3f, mean(tuned) / mean(base) - 1 = %+.2f, lowest single %+.2f%n", what,
        base, tuned, tuned / base - 1, lowest);
    shares(results);
  }
}
