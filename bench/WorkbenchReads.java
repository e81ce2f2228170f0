import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import rft.run.Metric;
import rft.run.RunEvent;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunHome;
import rft.run.RunInputs;
import rft.run.RunWriter;
import rft.run.TrainOptions;
import rft.web.ServerAddress;
import rft.workbench.Workbench;

/**
 * How fast the workbench reads: a run of 100,000 steps with 50 series, the list of 500 runs,
 * requests per second, and the time from a written step to 20 pages that watch. It works in a
 * folder of its own, which it makes once (about 600 MB). Run it from the repository's root after a
 * build:
 *
 * <pre>
 * CP=$(ls -d target/lib/rft-{tasks,runs,reward-templates,training,commands,web,workbench-server} | sed 's:$:/*:' | paste -sd:)
 * java -cp "$CP" bench/WorkbenchReads.java FOLDER</pre>
 */
public class WorkbenchReads {
  private static final int STEPS = 100_000;
  private static final int SERIES = 50;
  private static final int RUNS = 500;
  private static final int PAGES = 20;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Workbench workbench;
  private final String token;

  private WorkbenchReads(RunHome home) throws IOException {
    workbench = Workbench.start(home, ServerAddress.loopback(0));
    token = Files.readString(home.root().resolve("workbench.token")).strip();
  }

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    RunHome large = new RunHome(folder.resolve("large"));
    RunHome many = new RunHome(folder.resolve("many"));
    if (large.ids().isEmpty()) {
      makeLarge(large);
      long start = System.nanoTime();
      // The first resume brings the tables up to date.
      RunWriter.resume(large.open(large.ids().get(0))).close();
      print("resume of a run of the first schema", (System.nanoTime() - start) / 1e6);
    }
    while (many.ids().size() < RUNS) {
      try (RunWriter writer = create(many)) {
        for (int step = 1; step <= 20; step++) {
          writer.writeStep(step, metrics(step), List.of());
        }
        writer.event(RunEvent.Kind.FINISHED, 20, "");
      }
    }
    longRun(large);
    list(many);
    pages(new RunHome(Files.createTempDirectory("rft-bench")));
    System.exit(0);
  }

  private static RunWriter create(RunHome home) throws IOException {
    RunFolder run = home.create("bench");
    RunWriter writer =
        RunWriter.create(
            run,
            new RunHeader(
                run.id(),
                "bench",
                Instant.now(),
                "0",
                TrainOptions.standard(RunInputs.onCpu("model", "data", "reward")),
                new RunHeader.DatasetInfo("0".repeat(64), Map.of("train", 1)),
                new RunHeader.RewardInfo("reward", "0".repeat(64)),
                null,
                new RunHeader.ModelInfo("model", 1, "0".repeat(64)),
                null,
                RunHeader.Machine.here("none")));
    writer.event(RunEvent.Kind.STARTED, 0, "");
    return writer;
  }

  private static Map<String, Double> metrics(int step) {
    Map<String, Double> metrics = new HashMap<>();
    for (int i = 0; i < SERIES; i++) {
      metrics.put(key(i), Math.sin(step / 500.0 + i) + (step * 31L + i * 17L) % 97 / 97.0);
    }
    return metrics;
  }

  private static String key(int i) {
    return i < Metric.values().length ? Metric.values()[i].key() : "reward/part/" + i;
  }

  /** Writes the rows in the order of a trainer, but many steps in a transaction. */
  private static void makeLarge(RunHome home) throws Exception {
    RunFolder run;
    try (RunWriter writer = create(home)) {
      run = writer.folder();
      writer.writeStep(1, metrics(1), List.of());
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + run.databaseFile())) {
      connection.createStatement().execute("DROP TABLE block");
      connection.createStatement().execute("PRAGMA user_version = 1");
      connection.setAutoCommit(false);
      Map<String, Integer> ids = new HashMap<>();
      var keys = connection.createStatement().executeQuery("SELECT id, key FROM series");
      while (keys.next()) {
        ids.put(keys.getString(2), keys.getInt(1));
      }
      try (PreparedStatement metric =
              connection.prepareStatement("INSERT INTO metric VALUES (?, ?, ?, 0)");
          PreparedStatement one =
              connection.prepareStatement("INSERT INTO step VALUES (?, ?, 0)")) {
        for (int step = 2; step <= STEPS; step++) {
          one.setInt(1, step);
          one.setLong(2, step * 1000L);
          one.addBatch();
          for (Map.Entry<String, Double> value : metrics(step).entrySet()) {
            metric.setInt(1, ids.get(value.getKey()));
            metric.setInt(2, step);
            metric.setDouble(3, value.getValue());
            metric.addBatch();
          }
          if (step % 200 == 0 || step == STEPS) {
            one.executeBatch();
            metric.executeBatch();
            connection.commit();
          }
        }
      }
    }
  }

  private static void longRun(RunHome home) throws Exception {
    String id = home.ids().get(0);
    System.out.printf(
        "a run of %,d steps x %d series, %,d MB%n",
        STEPS, SERIES, Files.size(home.open(id).databaseFile()) >> 20);
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < PAGES; i++) {
      keys.append(i == 0 ? "" : ",").append(key(i));
    }
    String series = "/api/runs/" + id + "/series?points=2000&keys=" + keys;
    for (int i = 0; i < 3; i++) {
      WorkbenchReads bench = new WorkbenchReads(home);
      evict(home.open(id).databaseFile());
      bench.get("/api/metrics");
      bench.timed("page of the run, cold", "/api/runs/" + id);
      bench.timed("20 series of 2,000 points, cold", series);
      bench.timed("page of the run, warm", "/api/runs/" + id);
      bench.timed("20 series of 2,000 points, warm", series);
      bench.timed("20 series of a tenth (pan), warm", series + "&from=40000&to=50000");
      bench.timed("list, cold", "/api/runs");
      bench.workbench.close();
    }
  }

  /** Asks the system to forget the file, where it can be asked. */
  private static void evict(Path file) throws Exception {
    new ProcessBuilder("dd", "of=" + file, "oflag=nocache", "conv=notrunc,fdatasync", "count=0")
        .start()
        .waitFor();
  }

  private static void list(RunHome home) throws Exception {
    WorkbenchReads bench = new WorkbenchReads(home);
    bench.timed("list of " + RUNS + " runs, first time", "/api/runs");
    Thread.sleep(2_500);
    bench.get("/api/runs");
    Thread.sleep(200);
    bench.timed("list of " + RUNS + " runs, again", "/api/runs");
    AtomicLong answered = new AtomicLong();
    long end = System.nanoTime() + 5_000_000_000L;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(new Thread(() -> bench.ask(end, answered)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.printf(
        "%-40s %,10d requests/s%n",
        "/api/runs of " + RUNS + " runs, 4 at once", answered.get() / 5);
    bench.workbench.close();
  }

  private void ask(long end, AtomicLong answered) {
    try {
      while (System.nanoTime() < end) {
        get("/api/runs");
        answered.incrementAndGet();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pages(RunHome home) throws Exception {
    WorkbenchReads bench = new WorkbenchReads(home);
    try (RunWriter writer = create(home)) {
      String id = writer.folder().id();
      long[] written = new long[101];
      ConcurrentLinkedQueue<Double> millis = new ConcurrentLinkedQueue<>();
      for (int i = 0; i < PAGES; i++) {
        Stream<String> lines =
            bench
                .send("/api/stream?topics=runs,run:" + id, HttpResponse.BodyHandlers.ofLines())
                .body();
        Thread thread = new Thread(() -> lines.forEach(line -> heard(line, written, millis)));
        thread.setDaemon(true);
        thread.start();
      }
      Thread.sleep(1_000);
      for (int step = 1; step <= 100; step++) {
        Map<String, Double> metrics = metrics(step);
        writer.writeStep(step, metrics, List.of());
        written[step] = System.nanoTime();
        Thread.sleep(50);
      }
      Thread.sleep(2_000);
      double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      System.out.printf(
          Locale.ROOT,
          "%-40s %d of %d, %.0f ms median, %.0f ms 99 %%, %.0f ms most%n",
          "a step at each of " + PAGES + " pages",
          sorted.length,
          100 * PAGES,
          sorted[sorted.length / 2],
          sorted[sorted.length * 99 / 100],
          sorted[sorted.length - 1]);
    }
    bench.workbench.close();
  }

  private static void heard(String line, long[] written, ConcurrentLinkedQueue<Double> millis) {
    long now = System.nanoTime();
    if (line.startsWith("data: ")
        && line.contains("\"steps\":[{\"step\":")
        && line.contains("values")) {
      for (String part : line.split("\\{\"step\":")) {
        if (part.matches("\\d.*")) {
          int step = Integer.parseInt(part.substring(0, part.indexOf(',')));
          millis.add((now - written[step]) / 1e6);
        }
      }
    }
  }

  /** Prints wall time, and what this process computed meanwhile: client, server, compiler. */
  private void timed(String what, String path) throws Exception {
    long cpu = cpuNanos();
    long start = System.nanoTime();
    String body = get(path);
    double millis = (System.nanoTime() - start) / 1e6;
    System.out.printf(
        Locale.ROOT,
        "%-40s %,8.0f ms, %,6.0f ms of CPU, %,6d kB%n",
        what,
        millis,
        (cpuNanos() - cpu) / 1e6,
        body.length() / 1000);
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private String get(String path) throws Exception {
    HttpResponse<String> answer = send(path, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  private <T> HttpResponse<T> send(String path, HttpResponse.BodyHandler<T> handler)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(workbench.url() + path))
            .header("Authorization", "Bearer " + token)
            .build(),
        handler);
  }

  private static void print(String what, double millis) {
    System.out.printf(Locale.ROOT, "%-40s %,10.0f ms%n", what, millis);
  }
}
