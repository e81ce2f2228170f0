import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import rft.export.PeftFolder;
import rft.policy.AdapterShape;
import rft.policy.CounterRandom;
import rft.policy.LiveBatch;
import rft.policy.LiveRow;
import rft.policy.PolicyView;
import rft.policy.Sampler;
import rft.policy.SamplingSettings;
import rft.policy.Variant;
import rft.rollout.LoadedModel;

/**
 * What {@code rft serve} draws per second for 1, 8 and 32 clients at once, beside what the engine
 * draws without a server, in the same run; or, with {@code memory N}, the server's resident memory
 * over N requests that exchange adapters all the time. Run it from the repository's root after a
 * build:
 *
 * <pre>
 * OMP_NUM_THREADS=1 java -cp "target/lib/rft-cli/*:target/lib/rft-commands/*:target/lib/rft-tasks/*:target/lib/rft-runs/*:target/lib/rft-reward-templates/*:target/lib/rft-training/*:target/lib/rft-web/*:target/lib/rft-serving/*" bench/Serving.java [memory N]
 * </pre>
 */
public class Serving {
  private static final Path MODEL = Path.of("models/tiny-chat").toAbsolutePath();
  private static final int TOKENS = 100;
  private static final int[] AT_ONCE = {1, 8, 32};
  private static final int[] ANSWERS = {16, 32, 64};
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] args) throws Exception {
    if (args.length == 2 && args[0].equals("memory")) {
      memory(Integer.parseInt(args[1]));
    } else {
      speed(args.length == 0 ? Set.of("engine", "server") : Set.of(args));
    }
  }

  /** What was drawn, and the time that passed for everybody and on the processor for this alone. */
  private record Measured(int tokens, double seconds, double cpuSeconds) {}

  private interface Measure {
    Measured of(int atOnce, int answers) throws Exception;
  }

  private static void speed(Set<String> parts) throws Exception {
    System.out.printf(
        "%-42s %23s   %23s%n",
        "answers at once: " + Arrays.toString(AT_ONCE),
        "tokens per second",
        "tokens per CPU second");
    if (parts.contains("engine")) {
      engine();
    }
    if (parts.contains("server")) {
      try (Child server = new Child(List.of("--threads=1"))) {
        row(
            "rft serve --threads 1, whole answers",
            (clients, answers) -> over(server, clients, answers, false, false));
      }
      try (Child server = new Child(List.of())) {
        row(
            "rft serve, whole answers",
            (clients, answers) -> over(server, clients, answers, false, false));
        row(
            "rft serve, whole answers with log-probs",
            (clients, answers) -> over(server, clients, answers, false, true));
        row(
            "rft serve, streams",
            (clients, answers) -> over(server, clients, answers, true, false));
      }
    }
  }

  private static void engine() throws Exception {
    try (LoadedModel model = LoadedModel.open(MODEL, "cpu", 1);
        Variant base = Variant.base(model.policy())) {
      int[] prompt =
          model
              .tokenizer()
              .encode(
                  "<|begin|><|user|>How much is 34 plus 824? Answer after"
                      + " ####.<|end|><|assistant|>")
              .toArray();
      row(
          "the trainer's sampler, 1 thread",
          (rows, answers) -> withSampler(model, prompt, rows, answers));
      row(
          "the server's batch, 1 thread",
          (rows, answers) -> withLiveBatch(base, prompt, rows, answers));
    }
  }

  /** Prints the best of two: what others do on the machine only ever takes away. */
  private static void row(String name, Measure measure) throws Exception {
    StringBuilder speeds = new StringBuilder();
    StringBuilder cpuSpeeds = new StringBuilder();
    for (int i = 0; i < AT_ONCE.length; i++) {
      double speed = 0;
      double cpuSpeed = 0;
      for (int repeat = 0; repeat < 2; repeat++) {
        Measured measured = measure.of(AT_ONCE[i], ANSWERS[i]);
        speed = Math.max(speed, measured.tokens() / measured.seconds());
        cpuSpeed = Math.max(cpuSpeed, measured.tokens() / measured.cpuSeconds());
      }
      speeds.append("%7.0f ".formatted(speed));
      cpuSpeeds.append("%7.0f ".formatted(cpuSpeed));
    }
    System.out.printf("%-42s %s  %s%n", name, speeds, cpuSpeeds);
  }

  private static Measured timed(int answers, Runnable work) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long cpu = threads.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Measured(answers * TOKENS, seconds, (threads.getCurrentThreadCpuTime() - cpu) / 1e9);
  }

  private static Measured withSampler(LoadedModel model, int[] prompt, int rows, int answers) {
    return timed(
        answers,
        () -> {
          for (int round = 0; round < answers / rows; round++) {
            int seed = round;
            try (Sampler sampler = new Sampler(model.policy(), PolicyView.BASE, Set.of())) {
              sampler.sample(
                  List.of(prompt),
                  rows,
                  new SamplingSettings(TOKENS, 1, 1, 0),
                  (row, token) ->
                      CounterRandom.uniform(seed, CounterRandom.Purpose.SAMPLE, row, token),
                  () -> false);
            }
          }
        });
  }

  private static Measured withLiveBatch(Variant base, int[] prompt, int rows, int answers) {
    return timed(
        answers,
        () -> {
          try (LiveBatch batch = new LiveBatch(base)) {
            List<LiveRow> waiting = new ArrayList<>();
            for (int i = 0; i < answers; i++) {
              int seed = i;
              waiting.add(
                  new LiveRow(
                      prompt.clone(),
                      new SamplingSettings(TOKENS, 1, 1, 0),
                      token -> CounterRandom.uniform(seed, CounterRandom.Purpose.SAMPLE, token),
                      LiveRow.NO_LOG_PROBS));
            }
            while (!waiting.isEmpty() || batch.size() > 0) {
              batch.leave(LiveRow::isFull);
              batch.step();
              int joining = Math.min(waiting.size(), rows - batch.size());
              if (joining > 0) {
                List<LiveRow> next = List.copyOf(waiting.subList(0, joining));
                batch.join(next);
                waiting.removeAll(next);
              }
            }
          }
        });
  }

  private static Measured over(
      Child server, int clients, int answers, boolean stream, boolean logProbs) throws Exception {
    double cpu = server.cpuSeconds();
    long start = System.nanoTime();
    all(clients, answers, seed -> server.ask("base", seed, stream, logProbs, TOKENS));
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Measured(answers * TOKENS, seconds, server.cpuSeconds() - cpu);
  }

  private interface Request {
    void send(int seed) throws Exception;
  }

  private static void all(int clients, int requests, Request request) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(clients);
    List<Future<?>> sent = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      int seed = i;
      sent.add(
          pool.submit(
              () -> {
                request.send(seed);
                return null;
              }));
    }
    for (Future<?> one : sent) {
      one.get();
    }
    pool.shutdown();
  }

  private static void memory(int requests) throws Exception {
    List<String> models = List.of("base", "ft:tiny-chat:one", "ft:tiny-chat:two");
    List<String> options = new ArrayList<>(List.of("--keep=1"));
    for (String name : List.of("one", "two")) {
      options.add("--adapter=" + adapter(name));
    }
    try (Child server = new Child(options)) {
      int part = requests / 10;
      System.out.printf("%8s %10s%n", "requests", "RSS MB");
      for (int done = 0; done <= requests; done += part) {
        System.out.printf("%8d %10.1f%n", done, server.residentMegabytes());
        int from = done;
        all(8, part, i -> server.ask(models.get(i % 3), from + i, i % 2 == 0, i % 4 < 2, 12));
      }
    }
  }

  private static Path adapter(String name) throws IOException {
    Path folder = Files.createTempDirectory("adapters").resolve(name);
    AdapterShape shape = new AdapterShape(8, 16, AdapterShape.ALL_TARGETS);
    try (LoadedModel model = LoadedModel.open(MODEL, "cpu", 1)) {
      model.policy().attachAdapter(shape, 1);
      PeftFolder.write(folder, shape, model.policy().config(), model.policy().state(), "tiny-chat");
    }
    return folder;
  }

  /** The server, a process of its own; its heap has a fixed size, so that what grows is not Java's. */
  private static final class Child implements AutoCloseable {
    private final HttpClient http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final String url;
    private final String token;

    Child(List<String> options) throws Exception {
      Path home = Files.createTempDirectory("rft-home");
      List<String> command =
          new ArrayList<>(
              List.of(
                  ProcessHandle.current().info().command().orElse("java"),
                  "-XX:+UseSerialGC",
                  "-Drft.root=" + Path.of("").toAbsolutePath(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "rft.cli.Main",
                  "serve",
                  "--model=" + MODEL));
      command.addAll(options);
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(Map.of("RFT_HOME", home.toString(), "OMP_NUM_THREADS", "1"));
      process =
          builder.redirectErrorStream(true).redirectOutput(home.resolve("log").toFile()).start();
      Path note = home.resolve("serving").resolve(process.pid() + ".json");
      while (!Files.exists(note)) {
        if (!process.isAlive()) {
          throw new IOException(Files.readString(home.resolve("log")));
        }
        Thread.sleep(50);
      }
      JsonNode found = JSON.readTree(note.toFile());
      url = found.get("url").textValue();
      token = Files.readString(Path.of(found.get("token_file").textValue())).strip();
    }

    void ask(String model, int seed, boolean stream, boolean logProbs, int tokens)
        throws Exception {
      String body =
          ("{\"model\": \"%s\", \"seed\": %d, \"stream\": %b, \"logprobs\": %b, \"max_tokens\": %d,"
                  + " \"ignore_eos\": true, \"messages\": [{\"role\": \"user\", \"content\": \"How"
                  + " much is 34 plus 824? Answer after ####.\"}]}")
              .formatted(model, seed, stream, logProbs, tokens);
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions"))
                  .header("Authorization", "Bearer " + token)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(answer.body());
      }
    }

    double cpuSeconds() {
      return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    double residentMegabytes() throws IOException {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
          .filter(line -> line.startsWith("VmRSS"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .sum();
    }

    @Override
    public void close() throws Exception {
      process.destroy();
      process.waitFor();
    }
  }
}
