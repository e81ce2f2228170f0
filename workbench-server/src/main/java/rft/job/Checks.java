package rft.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import rft.run.ChildProcess;
import rft.run.DurableFile;
import rft.run.Metric;
import rft.run.ProgressLine;
import rft.run.RunHome;
import rft.run.RunReader;

/** The processes of checks, each in a folder that is deleted with it. */
final class Checks implements AutoCloseable {
  /** More at once would only slow each other, and the training beside them, down. */
  static final int MOST_AT_ONCE = 2;

  private static final int KEPT = 20;
  private static final Duration MEMORY_PERIOD = Duration.ofMillis(100);
  private static final JsonMapper JSON = new JsonMapper();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path root;
  private final Path home;
  private final Map<String, Check> checks = new ConcurrentHashMap<>();

  /** A check that was started. */
  private record Check(String id, String kind, ChildProcess child, Path folder, AtomicLong peak) {
    Path scratch() {
      return folder.resolve("home");
    }
  }

  /** Deletes what an earlier workbench left in the folder. */
  Checks(Path root, Path home) throws IOException {
    this.root = root;
    this.home = home;
    DurableFile.createFolders(root);
    for (Path folder : DurableFile.list(root)) {
      Optional<ChildProcess> left = ChildProcess.find(folder);
      if (left.isEmpty() || !left.get().isAlive()) {
        DurableFile.deleteTree(folder);
      }
    }
  }

  /** Returns the id of a check, which runs now; empty if too many do already. */
  synchronized Optional<String> start(String kind, List<String> arguments) throws IOException {
    if (checks.values().stream().filter(c -> c.child().isAlive()).count() >= MOST_AT_ONCE) {
      return Optional.empty();
    }
    forgetOldest();
    byte[] random = new byte[8];
    RANDOM.nextBytes(random);
    String id = HexFormat.of().formatHex(random);
    Path folder = root.resolve(id);
    Path itsHome = kind.equals(CheckRequest.MEASURE) ? folder.resolve("home") : home;
    ChildProcess child =
        ChildProcess.start(folder, arguments, Map.of("RFT_HOME", itsHome.toString()));
    Check check = new Check(id, kind, child, folder, new AtomicLong());
    checks.put(id, check);
    if (kind.equals(CheckRequest.MEASURE)) {
      Thread thread = new Thread(() -> watchMemory(check), "rft-check-memory");
      thread.setDaemon(true);
      thread.start();
    }
    return Optional.of(id);
  }

  private static void watchMemory(Check check) {
    try {
      while (!check.child().waitFor(MEMORY_PERIOD)) {
        check.child().peakBytes().ifPresent(check.peak()::set);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void forgetOldest() throws IOException {
    while (checks.size() >= KEPT) {
      Optional<Check> oldest =
          checks.values().stream()
              .filter(check -> !check.child().isAlive())
              .min((a, b) -> a.child().since().compareTo(b.child().since()));
      if (oldest.isEmpty()) {
        return;
      }
      end(oldest.get());
    }
  }

  /** Ends a check and forgets it. Returns whether there was one. */
  boolean end(String id) throws IOException {
    Check check = checks.get(id);
    if (check != null) {
      end(check);
    }
    return check != null;
  }

  private void end(Check check) throws IOException {
    checks.remove(check.id());
    try {
      check.child().stop(Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    DurableFile.deleteTree(check.folder());
  }

  Optional<CheckView> find(String id) throws IOException {
    Check check = checks.get(id);
    return check == null ? Optional.empty() : Optional.of(view(check));
  }

  private static CheckView view(Check check) throws IOException {
    ChildProcess child = check.child();
    boolean alive = child.isAlive();
    Optional<ProgressLine> progress = alive ? child.progress() : Optional.empty();
    JsonNode out = alive ? null : result(child.out());
    JsonNode error = out == null ? null : out.get("error");
    boolean done = out != null && error == null;
    Instant end = alive ? Instant.now() : Files.getLastModifiedTime(child.out()).toInstant();
    return new CheckView(
        check.id(),
        check.kind(),
        alive ? "running" : done ? "done" : "failed",
        progress.map(ProgressLine::activity).orElse(null),
        progress.map(ProgressLine::done).orElse(0L),
        progress.map(ProgressLine::total).orElse(0L),
        Duration.between(child.since(), end).toMillis() / 1e3,
        alive || child.exitCode().isEmpty() ? null : (Integer) child.exitCode().getAsInt(),
        done ? out : null,
        alive || done ? null : error == null ? silent(child) : error,
        child.sentences(),
        done && check.kind().equals(CheckRequest.MEASURE) ? measured(check) : null);
  }

  private static @Nullable JsonNode result(Path out) throws IOException {
    try {
      JsonNode value = JSON.readTree(out.toFile());
      return value == null || value.isMissingNode() ? null : value;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** Returns an error for a process that ended without a word of its own. */
  private static JsonNode silent(ChildProcess child) throws IOException {
    List<String> lines = child.lastLines(1);
    String last = lines.isEmpty() ? "" : ": " + lines.get(0);
    return JSON.createObjectNode().put("code", "crashed").put("message", "It ended" + last);
  }

  private static CheckView.@Nullable Measured measured(Check check) throws IOException {
    RunHome scratch = new RunHome(check.scratch());
    List<String> ids = scratch.ids();
    if (ids.isEmpty()) {
      return null;
    }
    try (RunReader reader = RunReader.open(scratch.open(ids.get(0)))) {
      Map<String, Double> first = reader.metricsAt(1);
      Map<String, Double> second = reader.metricsAt(2);
      Double step = second.get(Metric.TIME_STEP_SECONDS.key());
      if (step == null) {
        return null;
      }
      Duration all = Duration.between(check.child().since(), reader.header().created());
      return new CheckView.Measured(
          step,
          all.toMillis() / 1e3,
          second.get(Metric.TOKENS_PER_SECOND.key()),
          check.peak().get() == 0 ? null : (Long) check.peak().get(),
          mean(first.get(Metric.GROUP_MIXED.key()), second.get(Metric.GROUP_MIXED.key())));
    }
  }

  private static @Nullable Double mean(@Nullable Double a, @Nullable Double b) {
    return a == null || b == null ? null : (Double) ((a + b) / 2);
  }

  /** Ends all checks. */
  @Override
  public void close() throws IOException {
    for (Check check : List.copyOf(checks.values())) {
      end(check);
    }
  }
}
