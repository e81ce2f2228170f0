package rft.run;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a run's database holds of metrics, to read. */
final class MetricTable {
  private static final String BY_KEY =
      "SELECT key, value, flag FROM series JOIN metric ON series.id = metric.series ";

  /** Begins with the keys: by itself SQLite would begin with each value of the run. */
  private static final String FOR_EACH_KEY =
      "SELECT key, value, flag FROM series CROSS JOIN metric ON series.id = metric.series ";

  /** One answer for a span of steps is several times as fast as every value of the span. */
  private static final String SPAN =
      "SELECT max(step),"
          + " (SELECT value FROM metric WHERE series = ?1 AND step BETWEEN ?2 AND ?3 AND flag = 0"
          + " ORDER BY step DESC LIMIT 1),"
          + " min(value), max(value), min(CASE WHEN flag <> 0 THEN step END)"
          + " FROM metric WHERE series = ?1 AND step BETWEEN ?2 AND ?3 HAVING count(*) > 0";

  private static final String OF_KEY =
      "SELECT step, value, flag FROM metric"
          + " WHERE series = (SELECT id FROM series WHERE key = ?) ";

  private final SqliteFile database;

  MetricTable(SqliteFile database) {
    this.database = database;
  }

  /** Returns all keys, sorted. */
  List<String> keys() throws IOException {
    return database.query("SELECT key FROM series ORDER BY key", row -> row.getString(1));
  }

  /** Returns the values of a key after a step, by ascending step. */
  List<Point> after(String key, int step) throws IOException {
    return points(OF_KEY + "AND step > ? ORDER BY step", key, step);
  }

  /** Returns the values of a key from one step to another, by ascending step. */
  List<Point> between(String key, int from, int to) throws IOException {
    return points(OF_KEY + "AND step BETWEEN ? AND ? ORDER BY step", key, from, to);
  }

  private List<Point> points(String sql, Object... arguments) throws IOException {
    return database.query(
        sql,
        row -> new Point(row.getInt("step"), StoredNumber.read(row, "value", "flag")),
        arguments);
  }

  /** Returns the latest value of every key. */
  Map<String, Double> latest() throws IOException {
    return values(
        FOR_EACH_KEY + "WHERE step = (SELECT max(step) FROM metric m WHERE m.series = series.id)");
  }

  /** Returns the earliest value of every key. */
  Map<String, Double> earliest() throws IOException {
    return values(
        FOR_EACH_KEY + "WHERE step = (SELECT min(step) FROM metric m WHERE m.series = series.id)");
  }

  /** Returns the value of every key that the step has. */
  Map<String, Double> at(int step) throws IOException {
    return values(BY_KEY + "WHERE step = ?", step);
  }

  private Map<String, Double> values(String sql, Object... arguments) throws IOException {
    Map<String, Double> values = new TreeMap<>();
    database.query(
        sql,
        row -> values.put(row.getString("key"), StoredNumber.read(row, "value", "flag")),
        arguments);
    return Collections.unmodifiableMap(values);
  }

  /** Returns up to so many steps after a step with all their values. */
  List<StepRecord> stepsAfter(int step, int most) throws IOException {
    List<StepRecord> steps = new ArrayList<>();
    for (StepRecord bare :
        database.query(
            "SELECT step, at_millis, rollouts FROM step WHERE step > ? ORDER BY step LIMIT ?",
            row ->
                new StepRecord(
                    row.getInt("step"),
                    Instant.ofEpochMilli(row.getLong("at_millis")),
                    row.getInt("rollouts"),
                    Map.of()),
            step,
            most)) {
      steps.add(new StepRecord(bare.step(), bare.at(), bare.rollouts(), at(bare.step())));
    }
    return List.copyOf(steps);
  }

  /** Returns the values of a key from one step to another, each so many steps as one point. */
  List<SeriesBucket> thinned(String key, int from, int to, int width) throws IOException {
    Bounds.atLeast("width", width, 1, "a point stands for one step at least");
    if (width % SeriesBlocks.WIDTH == 0 && hasBlocks()) {
      return SeriesBlocks.read(database, key, from, to, width);
    }
    if (width == 1) {
      return between(key, from, to).stream().map(SeriesBucket::of).toList();
    }
    List<@Nullable Object[]> spans = new ArrayList<>();
    for (int[] known : ends(key)) {
      int last = Math.min(to, known[2]);
      for (long place = Math.max(from, known[1]) / width; place * width <= last; place++) {
        long first = Math.max(from, place * width);
        spans.add(
            new @Nullable Object[] {known[0], first, Math.min(last, (place + 1) * width - 1)});
      }
    }
    return database.query(SPAN, MetricTable::bucket, spans);
  }

  /** A run of an older version has none until it is resumed. */
  private boolean hasBlocks() throws IOException {
    return SqliteSchema.version(database) >= 2;
  }

  /** Returns the id of a key, its first and its last step; nothing for one that has no value. */
  private List<int[]> ends(String key) throws IOException {
    return database.query(
        "SELECT id, (SELECT min(step) FROM metric WHERE series = id),"
            + " (SELECT max(step) FROM metric WHERE series = id) FROM series WHERE key = ?",
        row -> new int[] {row.getInt(1), row.getInt(2), row.getInt(3)},
        key);
  }

  private static SeriesBucket bucket(ResultSet row) throws SQLException {
    int odd = row.getInt(5);
    boolean finite = row.wasNull();
    return new SeriesBucket(
        row.getInt(1), number(row, 2), number(row, 3), number(row, 4), finite ? -1 : odd);
  }

  private static double number(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? Double.NaN : value;
  }
}
