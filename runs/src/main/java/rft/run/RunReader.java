package rft.run;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a run, also while its trainer writes it from another process. Every call sees whole steps
 * only. Safe for use by several threads.
 */
public final class RunReader implements AutoCloseable {
  private static final String ROLLOUT_COLUMNS =
      "SELECT step, position, sample, task, split, reward, advantage, tokens, outcome, finish"
          + " FROM rollout ";
  private static final String EVENTS = "SELECT sequence, at_millis, step, kind, detail FROM event ";

  /** Something that is read from a run. */
  public interface Work<T> {
    T read(RunReader run) throws IOException;
  }

  private final RunFolder folder;
  private final SqliteFile database;
  private final MetricTable metrics;
  private final RolloutFiles rollouts;

  /** Whether a trainer lived just before the moment that is being read, or null. */
  private @Nullable Boolean trainerLived;

  private RunReader(RunFolder folder, SqliteFile database) {
    this.folder = folder;
    this.database = database;
    this.metrics = new MetricTable(database);
    this.rollouts = new RolloutFiles(folder);
  }

  /**
   * Opens a run.
   *
   * @throws DamagedRunException if its database is missing or damaged
   * @throws IOException if it cannot be read or was written by a newer version
   */
  public static RunReader open(RunFolder folder) throws IOException {
    return new RunReader(
        folder, SqliteFile.openForReading(folder.databaseFile(), RunSchema.TABLES));
  }

  /** Returns the folder of the run. */
  public RunFolder folder() {
    return folder;
  }

  /**
   * Returns what the run is.
   *
   * @throws DamagedRunException if its header is missing or damaged
   */
  public RunHeader header() throws IOException {
    return RunHeader.read(folder);
  }

  /** Returns where the run stands: what its last event says, if its trainer still lives. */
  public synchronized RunStatus status() throws IOException {
    // Looked at first: a trainer that ends writes its last event before it leaves.
    boolean lives = trainerLived != null ? trainerLived : RunLock.livePid(folder).isPresent();
    RunStatus status = lastWord();
    return status == RunStatus.RUNNING && !lives ? RunStatus.CRASHED : status;
  }

  private RunStatus lastWord() throws IOException {
    return database
        .query(
            "SELECT kind FROM event WHERE kind IN ("
                + RunEvent.Kind.quotedWithStatus()
                + ") ORDER BY sequence DESC LIMIT 1",
            row -> RunEvent.Kind.valueOf(row.getString(1)))
        .stream()
        .findFirst()
        .flatMap(RunEvent.Kind::status)
        .orElse(RunStatus.RUNNING);
  }

  /**
   * Does the work on one state of the run: all it reads is of one moment.
   *
   * @throws IOException if the run cannot be read
   */
  public synchronized <T> T atOneMoment(Work<T> work) throws IOException {
    trainerLived = RunLock.livePid(folder).isPresent();
    try {
      return database.reading(() -> work.read(this));
    } finally {
      trainerLived = null;
    }
  }

  /** Returns the keys of all metrics, sorted. */
  public synchronized List<String> series() throws IOException {
    return metrics.keys();
  }

  /** Returns the values of one metric by ascending step; none for a key that does not exist. */
  public synchronized List<Point> metric(String key) throws IOException {
    return metricAfter(key, -1);
  }

  /** Returns the values of one metric after a step, by ascending step. */
  public synchronized List<Point> metricAfter(String key, int step) throws IOException {
    return metrics.after(key, step);
  }

  /** Returns the values of one metric from one step to another, by ascending step. */
  synchronized List<Point> metric(String key, int from, int to) throws IOException {
    return metrics.between(key, from, to);
  }

  /** Returns the latest value of every metric, sorted by key. */
  public synchronized Map<String, Double> lastMetrics() throws IOException {
    return metrics.latest();
  }

  /** Returns the earliest value of every metric, sorted by key. */
  public synchronized Map<String, Double> firstMetrics() throws IOException {
    return metrics.earliest();
  }

  /** Returns the value of every metric that the step has, sorted by key. */
  public synchronized Map<String, Double> metricsAt(int step) throws IOException {
    return metrics.at(step);
  }

  /** Returns every step written, ascending. */
  public synchronized List<Integer> steps() throws IOException {
    return database.query("SELECT step FROM step ORDER BY step", row -> row.getInt(1));
  }

  /** Returns when each step was written, by ascending step. */
  public synchronized Map<Integer, Instant> stepTimes() throws IOException {
    Map<Integer, Instant> times = new TreeMap<>();
    String sql = "SELECT step, at_millis FROM step";
    database.query(sql, row -> times.put(row.getInt(1), Instant.ofEpochMilli(row.getLong(2))));
    return times;
  }

  /** Returns the last step written, or 0 before the first. */
  public synchronized int lastStep() throws IOException {
    return (int) database.integer("SELECT coalesce(max(step), 0) FROM step");
  }

  /** Returns what happened, oldest first. */
  public synchronized List<RunEvent> events() throws IOException {
    return eventsAfter(0);
  }

  /** Returns what happened after the event of a sequence, oldest first. */
  public synchronized List<RunEvent> eventsAfter(long sequence) throws IOException {
    return database.query(
        EVENTS + "WHERE sequence > ? ORDER BY sequence",
        row ->
            new RunEvent(
                row.getLong("sequence"),
                Instant.ofEpochMilli(row.getLong("at_millis")),
                row.getInt("step"),
                RunEvent.Kind.valueOf(row.getString("kind")),
                row.getString("detail")),
        sequence);
  }

  /** Returns up to so many steps after a step, ascending, with all their metrics. */
  public synchronized List<StepRecord> stepsAfter(int step, int most) throws IOException {
    return metrics.stepsAfter(step, most);
  }

  /** Returns when the last step or event was written, or empty before the first. */
  public synchronized Optional<Instant> lastChange() throws IOException {
    return database
        .query(
            "SELECT max(coalesce((SELECT at_millis FROM step ORDER BY step DESC LIMIT 1), 0),"
                + " coalesce((SELECT at_millis FROM event ORDER BY sequence DESC LIMIT 1), 0))"
                + " AS millis",
            row -> row.getLong("millis"))
        .stream()
        .filter(millis -> millis > 0)
        .map(Instant::ofEpochMilli)
        .findFirst();
  }

  /** Returns how far the run has come. */
  public synchronized RunPosition position() throws IOException {
    return database
        .query(
            "SELECT (SELECT count FROM generation), (SELECT coalesce(max(step), -1) FROM step),"
                + " (SELECT coalesce(max(sequence), 0) FROM event)",
            row -> new RunPosition(row.getInt(1), row.getInt(2), row.getLong(3)))
        .get(0);
  }

  /**
   * Returns the values of one metric as points of a chart.
   *
   * @param from first step
   * @param to last step
   * @param width steps that share a point, see {@link SeriesBucket#width}; points begin at
   *     multiples of it, and the first and the last may reach beyond the ends
   */
  public synchronized List<SeriesBucket> thinned(String key, int from, int to, int width)
      throws IOException {
    return metrics.thinned(key, from, to, width);
  }

  /** Returns the steps that have rollouts, ascending. */
  public synchronized List<Integer> rolloutSteps() throws IOException {
    return database.query(
        "SELECT step FROM step WHERE rollouts > 0 ORDER BY step", row -> row.getInt(1));
  }

  /**
   * Returns the rollouts of a step in the order they were written; none for a step without.
   *
   * @throws DamagedRunException if their segment is missing, cut off or changed; the rest of the
   *     run stays readable
   */
  public synchronized List<StoredRollout> rollouts(int step) throws IOException {
    long count =
        database.integer("SELECT coalesce(sum(rollouts), 0) FROM step WHERE step = ?", step);
    if (count == 0) {
      return List.of();
    }
    List<StoredRollout> stored = rollouts.read(step);
    if (stored.size() != count) {
      throw new DamagedRunException(
          "step " + step + " has " + stored.size() + " of its " + count + " rollouts", null);
    }
    return stored;
  }

  /** Returns a line without text for every rollout of the run. */
  public List<RolloutRow> rolloutIndex() throws IOException {
    return rolloutRows("");
  }

  /** Returns a line without text for every rollout of a step. */
  public List<RolloutRow> rolloutIndex(int step) throws IOException {
    return rolloutRows("WHERE step = ? ", step);
  }

  /** Returns a line without text for every rollout of a task, by step. */
  public List<RolloutRow> rolloutIndex(String taskId) throws IOException {
    return rolloutRows("WHERE task = ? ", taskId);
  }

  private synchronized List<RolloutRow> rolloutRows(String which, Object... values)
      throws IOException {
    return database.query(
        ROLLOUT_COLUMNS + which + "ORDER BY step, position, sample", RolloutRow::read, values);
  }

  /** Returns the run's checkpoints, to read. */
  public CheckpointStore checkpoints() {
    return new CheckpointStore(folder);
  }

  /** Returns when the trainer last showed that it works, or empty when none has the run. */
  public Optional<Instant> lastHeartbeat() throws IOException {
    return RunLock.lastHeartbeat(folder);
  }

  /** Returns a number that changes when another process has changed the run; cheap to poll. */
  public synchronized long dataVersion() throws IOException {
    return database.integer("PRAGMA data_version");
  }

  /** Returns how often rows were dropped: when it rises, what was read before may be gone. */
  public synchronized int generation() throws IOException {
    return (int) database.integer("SELECT count FROM generation");
  }

  @Override
  public synchronized void close() throws IOException {
    database.close();
  }
}
