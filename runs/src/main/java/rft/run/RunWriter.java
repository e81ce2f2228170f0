package rft.run;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.reward.RewardUnit;

/**
 * The only writer of a run. It holds the run's lock from creation to {@link #close}. A call that
 * returned has its rows on the disk. Safe for use by several threads.
 */
public final class RunWriter implements AutoCloseable {
  private final RunFolder folder;
  private volatile RunHeader header;
  private final RunLock lock;
  private final SqliteFile database;
  private final RolloutFiles rollouts;
  private final CheckpointStore checkpoints;
  private final Clock clock;
  private final Map<String, Long> series = new HashMap<>();

  private RunWriter(
      RunFolder folder, RunHeader header, RunLock lock, SqliteFile database, Clock clock) {
    this.folder = folder;
    this.header = header;
    this.lock = lock;
    this.database = database;
    this.rollouts = new RolloutFiles(folder);
    this.checkpoints = new CheckpointStore(folder);
    this.clock = clock;
  }

  /**
   * Starts a run in an empty folder.
   *
   * @throws IllegalStateException if the folder has a run already, or another trainer works on it
   * @throws IOException if the folder cannot be written
   */
  public static RunWriter create(RunFolder folder, RunHeader header) throws IOException {
    return create(folder, header, Clock.systemUTC());
  }

  static RunWriter create(RunFolder folder, RunHeader header, Clock clock) throws IOException {
    if (!header.id().equals(folder.id())) {
      throw new IllegalArgumentException(
          "the header of run " + header.id() + " does not belong to folder " + folder.id());
    }
    return open(folder, header, clock);
  }

  /**
   * Goes on with a run. Follow it with {@link #truncateAfter} at the step of the checkpoint that
   * was loaded.
   *
   * @throws RunInUseException if another trainer works on it, naming its pid
   * @throws DamagedRunException if its header or database cannot be read
   * @throws IOException if the folder cannot be written
   */
  public static RunWriter resume(RunFolder folder) throws IOException {
    return open(folder, null, Clock.systemUTC());
  }

  private static RunWriter open(RunFolder folder, @Nullable RunHeader fresh, Clock clock)
      throws IOException {
    RunLock lock = RunLock.take(folder, clock);
    SqliteFile database = null;
    try {
      if (fresh != null && Files.exists(folder.headerFile())) {
        throw new IllegalStateException(
            "there is a run in " + folder.path() + " already: resume it, or create another folder");
      }
      RunHeader header = fresh != null ? fresh : RunHeader.read(folder);
      database = SqliteFile.openForWriting(folder.databaseFile(), RunSchema.TABLES);
      RunWriter writer = new RunWriter(folder, header, lock, database, clock);
      writer.sweep();
      if (fresh != null) {
        fresh.write(folder);
      }
      return writer;
    } catch (IOException | RuntimeException e) {
      giveUp(lock, database, e);
      throw e;
    }
  }

  private static void giveUp(RunLock lock, @Nullable SqliteFile database, Exception cause) {
    try (lock) {
      if (database != null) {
        database.close();
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private void sweep() throws IOException {
    DurableFile.sweep(folder.path());
    DurableFile.sweep(folder.rolloutsFolder());
    checkpoints.sweep();
    new RunControl(folder).clear();
  }

  /** Returns the folder of the run. */
  public RunFolder folder() {
    return folder;
  }

  /** Returns what the run is. */
  public RunHeader header() {
    return header;
  }

  /**
   * Records that another reward counts from a step on, in the header and as a jar of its own.
   *
   * @throws IOException if it cannot be written; the old one counts then
   */
  public synchronized void changeReward(RewardUnit unit, int step) throws IOException {
    RunHeader changed =
        header.withReward(step, new RunHeader.RewardInfo(unit.name(), unit.sha256()));
    RunFolder.writeJar(unit, folder.rewardJar(changed.rewardVersionAt(step)));
    changed.write(folder);
    header = changed;
  }

  /** Returns the run's checkpoints. */
  public CheckpointStore checkpoints() {
    return checkpoints;
  }

  /**
   * Writes a step: its rollouts become a segment, then metrics and index follow in one transaction.
   *
   * @param step the step, beyond every step written so far; 0 is the policy before training
   * @param metrics value by key; NaN and infinities are kept, -0 reads back as 0
   * @param stepRollouts the step's rollouts, all of this step; may be empty
   * @throws IllegalArgumentException if the step is there already or a rollout is of another step
   * @throws IOException if it cannot be written; nothing of the step is visible then
   */
  public synchronized void writeStep(
      int step, Map<String, Double> metrics, List<StoredRollout> stepRollouts) throws IOException {
    check(step, metrics, stepRollouts);
    try {
      if (!stepRollouts.isEmpty()) {
        rollouts.write(step, stepRollouts);
      }
      database.transaction(() -> insert(step, metrics, stepRollouts));
    } catch (IOException e) {
      series.clear();
      throw new IOException(
          "step "
              + step
              + " could not be written ("
              + e.getMessage()
              + "); the steps before it are whole: see to the disk of "
              + folder.path()
              + " and resume",
          e);
    }
  }

  private void check(int step, Map<String, Double> metrics, List<StoredRollout> stepRollouts)
      throws IOException {
    Bounds.atLeast("step", step, 0, "0 is the policy before training");
    long last = database.integer("SELECT coalesce(max(step), -1) FROM step");
    if (step <= last) {
      throw new IllegalArgumentException(
          "step "
              + step
              + " is not beyond step "
              + last
              + ", the last one: truncate the run first");
    }
    for (StoredRollout rollout : stepRollouts) {
      if (rollout.step() != step) {
        throw new IllegalArgumentException(
            "a rollout of step " + rollout.step() + " cannot be written with step " + step);
      }
    }
    for (String key : metrics.keySet()) {
      Bounds.text("a metric's key", key, "name it, for example reward/mean");
    }
  }

  private void insert(int step, Map<String, Double> metrics, List<StoredRollout> stepRollouts)
      throws IOException {
    database.update("INSERT INTO step VALUES (?, ?, ?)", step, clock.millis(), stepRollouts.size());
    List<@Nullable Object[]> values = new ArrayList<>();
    for (Map.Entry<String, Double> metric : metrics.entrySet()) {
      double value = metric.getValue();
      values.add(
          new @Nullable Object[] {
            series(metric.getKey()), step, StoredNumber.value(value), StoredNumber.flag(value)
          });
    }
    database.update("INSERT INTO metric VALUES (?, ?, ?, ?)", values);
    SeriesBlocks.add(database, step, values);
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (StoredRollout rollout : stepRollouts) {
      rows.add(columns(rollout.row()));
    }
    database.update("INSERT INTO rollout VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows);
  }

  private static @Nullable Object[] columns(RolloutRow row) {
    return new @Nullable Object[] {
      row.step(),
      row.position(),
      row.index(),
      row.taskId(),
      row.split(),
      StoredNumber.value(row.reward()),
      StoredNumber.value(row.advantage()),
      row.length(),
      row.outcome(),
      row.finishReason()
    };
  }

  private long series(String key) throws IOException {
    Long known = series.get(key);
    if (known != null) {
      return known;
    }
    database.update("INSERT INTO series (key) VALUES (?) ON CONFLICT (key) DO NOTHING", key);
    long id = database.integer("SELECT id FROM series WHERE key = ?", key);
    series.put(key, id);
    return id;
  }

  /**
   * Records an event.
   *
   * @param step last step that was complete then
   * @param detail one sentence for the reader; may be empty
   * @throws IOException if it cannot be written
   */
  public synchronized void event(RunEvent.Kind kind, int step, String detail) throws IOException {
    database.transaction(
        () ->
            database.update(
                "INSERT INTO event (at_millis, step, kind, detail) VALUES (?, ?, ?, ?)",
                clock.millis(),
                step,
                kind.name(),
                detail));
  }

  /**
   * Drops metrics, rollouts, events and checkpoints beyond a step, so that the run can go on from
   * there. The rows go in one transaction.
   *
   * @throws IOException if they cannot be dropped
   */
  public synchronized void truncateAfter(int step) throws IOException {
    database.transaction(
        () -> {
          for (String table : List.of("metric", "rollout", "step", "event")) {
            database.update("DELETE FROM " + table + " WHERE step > ?", step);
          }
          SeriesBlocks.dropAfter(database, step);
          database.update("DELETE FROM series WHERE id NOT IN (SELECT series FROM metric)");
          database.update("UPDATE generation SET count = count + 1");
        });
    series.clear();
    rollouts.dropAfter(step);
    checkpoints.truncateAfter(step);
  }

  /**
   * Shows readers that the trainer works; call it between steps and at least once a minute.
   *
   * @throws IOException if the run's folder cannot be written
   */
  public void heartbeat() throws IOException {
    lock.heartbeat();
  }

  /** Closes the files and gives the run back. */
  @Override
  public synchronized void close() throws IOException {
    try (lock) {
      database.close();
    }
  }
}
