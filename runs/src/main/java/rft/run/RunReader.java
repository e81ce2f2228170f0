package rft.run;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads a run, also while its trainer writes it from another process. Every call sees whole steps
 * only. Safe for use by several threads.
 */
public final class RunReader implements AutoCloseable {
  private static final String ROLLOUT_COLUMNS =
      "SELECT step, position, sample, task, split, reward, advantage, tokens, outcome, finish"
          + " FROM rollout ";
  private static final String METRICS =
      "SELECT key, value, flag FROM metric JOIN series ON series.id = metric.series ";

  private final RunFolder folder;
  private final RunDatabase database;
  private final RolloutFiles rollouts;

  private RunReader(RunFolder folder, RunDatabase database) {
    this.folder = folder;
    this.database = database;
    this.rollouts = new RolloutFiles(folder);
  }

  /**
   * Opens a run.
   *
   * @throws DamagedRunException if its database is missing or damaged
   * @throws IOException if it cannot be read or was written by a newer version
   */
  public static RunReader open(RunFolder folder) throws IOException {
    return new RunReader(folder, RunDatabase.openForReading(folder.databaseFile()));
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
    RunStatus status = lastWord();
    if (status == RunStatus.RUNNING && RunLock.livePid(folder).isEmpty()) {
      // A trainer that ended between the two looks wrote its last event before it left.
      status = lastWord();
      return status == RunStatus.RUNNING ? RunStatus.CRASHED : status;
    }
    return status;
  }

  private RunStatus lastWord() throws IOException {
    RunStatus last = RunStatus.RUNNING;
    for (RunEvent event : events()) {
      last = event.kind().status().orElse(last);
    }
    return last;
  }

  /** Returns the keys of all metrics, sorted. */
  public synchronized List<String> series() throws IOException {
    return database.query("SELECT key FROM series ORDER BY key", row -> row.getString(1));
  }

  /** Returns the values of one metric by ascending step; none for a key that does not exist. */
  public synchronized List<Point> metric(String key) throws IOException {
    return database.query(
        "SELECT step, value, flag FROM metric"
            + " WHERE series = (SELECT id FROM series WHERE key = ?) ORDER BY step",
        row -> new Point(row.getInt("step"), StoredNumber.read(row, "value", "flag")),
        key);
  }

  /** Returns the latest value of every metric, sorted by key. */
  public synchronized Map<String, Double> lastMetrics() throws IOException {
    return metrics(
        METRICS + "WHERE step = (SELECT max(step) FROM metric m WHERE m.series = metric.series)");
  }

  /** Returns the value of every metric that the step has, sorted by key. */
  public synchronized Map<String, Double> metricsAt(int step) throws IOException {
    return metrics(METRICS + "WHERE step = ?", step);
  }

  private Map<String, Double> metrics(String sql, Object... arguments) throws IOException {
    Map<String, Double> values = new TreeMap<>();
    database.query(
        sql,
        row -> values.put(row.getString("key"), StoredNumber.read(row, "value", "flag")),
        arguments);
    return Collections.unmodifiableMap(values);
  }

  /** Returns every step written, ascending. */
  public synchronized List<Integer> steps() throws IOException {
    return database.query("SELECT step FROM step ORDER BY step", row -> row.getInt(1));
  }

  /** Returns the last step written, or 0 before the first. */
  public synchronized int lastStep() throws IOException {
    return (int) database.integer("SELECT coalesce(max(step), 0) FROM step");
  }

  /** Returns what happened, oldest first. */
  public synchronized List<RunEvent> events() throws IOException {
    return database.query(
        "SELECT sequence, at_millis, step, kind, detail FROM event ORDER BY sequence",
        row ->
            new RunEvent(
                row.getLong("sequence"),
                Instant.ofEpochMilli(row.getLong("at_millis")),
                row.getInt("step"),
                RunEvent.Kind.valueOf(row.getString("kind")),
                row.getString("detail")));
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
  public synchronized List<RolloutRow> rolloutIndex() throws IOException {
    return database.query(
        ROLLOUT_COLUMNS + "ORDER BY step, position, sample", RunReader::rolloutRow);
  }

  /** Returns a line without text for every rollout of a step. */
  public synchronized List<RolloutRow> rolloutIndex(int step) throws IOException {
    return database.query(
        ROLLOUT_COLUMNS + "WHERE step = ? ORDER BY position, sample", RunReader::rolloutRow, step);
  }

  private static RolloutRow rolloutRow(ResultSet row) throws SQLException {
    return new RolloutRow(
        row.getInt("step"),
        row.getInt("position"),
        row.getInt("sample"),
        row.getString("task"),
        row.getString("split"),
        StoredNumber.readOrNaN(row, "reward"),
        StoredNumber.readOrNaN(row, "advantage"),
        row.getInt("tokens"),
        row.getString("outcome"),
        row.getString("finish"));
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
