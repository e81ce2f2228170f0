import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import rft.wire.CellListener;
import rft.wire.ExecuteRequest;
import rft.wire.KernelClient;
import rft.wire.KernelCommand;

/**
 * How fast our kernel answers beside ipykernel, asked by the same client in the same run.
 *
 * <p>{@code ./rft build && ./rft kernel install --prefix /tmp/k && java -cp
 * "target/lib/rft-kernel/*:target/lib/rft-commands/*:target/lib/rft-tasks/*:target/lib/rft-runs/*"
 * bench/KernelLatency.java /tmp/k/share/jupyter/kernels/rft-java PYTHON [ROUNDS]}, where PYTHON is
 * the python of an environment with ipykernel.
 */
final class KernelLatency {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** How long someone looks at a notebook before its first cell, at least. */
  private static final Duration LOOK = Duration.ofSeconds(3);

  private static final int CELLS = 100;
  private static final int QUESTIONS = 50;
  private static final int COMPLETIONS = 20;

  /** A kernel and the cells that ask the same of it in its language. */
  private record Contender(String name, KernelCommand command, String println, String complete) {}

  /** What one start of a kernel gave, in milliseconds unless its name says otherwise. */
  private record Sample(Map<String, Double> values) {}

  public static void main(String[] args) throws Exception {
    if (args.length < 2) {
      throw new IllegalArgumentException("give the folder of our kernel.json, and a python");
    }
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    List<Contender> contenders = List.of(ours(Path.of(args[0])), theirs(args[1]));
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Contender contender : contenders) {
        samples.computeIfAbsent(contender.name(), name -> new ArrayList<>()).add(measure(contender));
      }
    }
    print(samples, rounds);
  }

  private static Contender ours(Path folder) throws IOException {
    JsonNode json = new ObjectMapper().readTree(folder.resolve("kernel.json").toFile());
    List<String> command = new ArrayList<>();
    json.path("argv").forEach(part -> command.add(part.asText()));
    Map<String, String> environment = new LinkedHashMap<>();
    json.path("env").properties().forEach(v -> environment.put(v.getKey(), v.getValue().asText()));
    return new Contender(
        "ours",
        new KernelCommand(command, environment, Path.of("").toAbsolutePath()),
        "for (int i = 0; i < 2000; i++) System.out.println(i);",
        "\"a\".isEmp");
  }

  private static Contender theirs(String python) {
    return new Contender(
        "ipykernel",
        new KernelCommand(
            List.of(python, "-m", "ipykernel_launcher", "-f", "{connection_file}"),
            Map.of(),
            Path.of("").toAbsolutePath()),
        "for i in range(2000): print(i)",
        "\"a\".isup");
  }

  /** The same sum over and over, from the first cell on. */
  private static void sums(KernelClient client, String when, Map<String, Double> values) throws Exception {
    values.put("first 1+1" + when, cell(client, "1+1"));
    double[] cells = new double[CELLS];
    for (int i = 0; i < CELLS; i++) {
      cells[i] = cell(client, "1+1");
    }
    values.put("1+1, median of 100" + when, quantile(cells, 0.5));
    values.put("1+1, 90 % of 100" + when, quantile(cells, 0.9));
  }

  private static Sample measure(Contender contender) throws Exception {
    Map<String, Double> values = new LinkedHashMap<>();
    long start = System.nanoTime();
    try (KernelClient client = KernelClient.start(contender.command(), PATIENCE)) {
      values.put("start until kernel_info", millis(start));
      sums(client, "", values);
      double[] cells = new double[CELLS];
      for (int i = 0; i < CELLS; i++) {
        cells[i] = cell(client, "1+" + (i + 2));
      }
      values.put("1+2 .. 1+101, median", quantile(cells, 0.5));
      double[] questions = new double[QUESTIONS];
      for (int i = 0; i < QUESTIONS; i++) {
        long asked = System.nanoTime();
        client.kernelInfo();
        questions[i] = millis(asked);
      }
      values.put("kernel_info, median", quantile(questions, 0.5));
      double[] completions = new double[COMPLETIONS];
      for (int i = 0; i < COMPLETIONS; i++) {
        long asked = System.nanoTime();
        client.complete(contender.complete(), contender.complete().length());
        completions[i] = millis(asked);
      }
      values.put("completion, median", quantile(completions, 0.5));
      AtomicInteger streams = new AtomicInteger();
      long printed = System.nanoTime();
      client.execute(
          ExecuteRequest.of(contender.println()),
          message -> streams.addAndGet(message.type().equals("stream") ? 1 : 0),
          PATIENCE);
      values.put("2000 lines", millis(printed));
      values.put("2000 lines, messages", (double) streams.get());
      values.put("resident, MiB", resident(client));
    }
    try (KernelClient client = KernelClient.start(contender.command(), PATIENCE)) {
      Thread.sleep(LOOK.toMillis());
      sums(client, ", after 3 s", values);
    }
    return new Sample(values);
  }

  private static double cell(KernelClient client, String code) throws Exception {
    long start = System.nanoTime();
    JsonNode reply = client.execute(ExecuteRequest.of(code), CellListener.NONE, PATIENCE).content();
    if (!reply.path("status").asText().equals("ok")) {
      throw new IllegalStateException(code + " failed: " + reply);
    }
    return millis(start);
  }

  /** Returns the resident memory; NaN where the system does not tell it in a file. */
  private static double resident(KernelClient client) throws IOException {
    Path status = Path.of("/proc/" + client.process().orElseThrow().pid() + "/status");
    if (!Files.exists(status)) {
      return Double.NaN;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static double millis(long since) {
    return (System.nanoTime() - since) / 1e6;
  }

  private static double quantile(double[] values, double part) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  }

  private static void print(Map<String, List<Sample>> samples, int rounds) {
    System.out.printf(
        "Java %s, %d rounds in turn; each cell: median of the rounds (lowest to highest), ms%n",
        Runtime.version(), rounds);
    System.out.printf("| %-24s | %-26s | %-26s | %-5s |%n", "", "ours", "ipykernel", "ratio");
    System.out.println("|---|---|---|---|");
    for (String name : samples.get("ours").get(0).values().keySet()) {
      double[] ours = values(samples.get("ours"), name);
      double[] theirs = values(samples.get("ipykernel"), name);
      System.out.printf(
          "| %-24s | %-26s | %-26s | %5.2f |%n",
          name, cellOf(ours), cellOf(theirs), quantile(ours, 0.5) / quantile(theirs, 0.5));
    }
  }

  private static double[] values(List<Sample> samples, String name) {
    return samples.stream().mapToDouble(sample -> sample.values().get(name)).toArray();
  }

  private static String cellOf(double[] values) {
    return "%.1f (%.1f to %.1f)"
        .formatted(quantile(values, 0.5), quantile(values, 0), quantile(values, 1));
  }
}
