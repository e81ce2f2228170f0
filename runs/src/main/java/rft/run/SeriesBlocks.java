package rft.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code block}: each metric once more, {@value #WIDTH} steps in a row, so that a chart
 * of a long run need not read every value.
 */
final class SeriesBlocks {
  /** Steps of a block; part of the format of a run's database. */
  static final int WIDTH = 16;

  static final String TABLE =
      "CREATE TABLE block (series INTEGER NOT NULL, block INTEGER NOT NULL, step INTEGER NOT NULL,"
          + " last REAL, low REAL, high REAL, odd INTEGER,"
          + " PRIMARY KEY (series, block)) STRICT, WITHOUT ROWID";

  /** Fills it from the values of whole blocks; the condition is left open. */
  private static final String FILL =
      "INSERT INTO block SELECT series, step / 16, max(step),"
          + " (SELECT value FROM metric m WHERE m.series = metric.series AND m.flag = 0"
          + " AND m.step BETWEEN metric.step / 16 * 16 AND metric.step / 16 * 16 + 15"
          + " ORDER BY m.step DESC LIMIT 1),"
          + " min(value), max(value), min(CASE WHEN flag <> 0 THEN step END)"
          + " FROM metric WHERE step >= %s GROUP BY series, step / 16";

  static final String FILL_ALL = String.format(FILL, "0");

  private static final String ADD =
      "INSERT INTO block VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (series, block) DO UPDATE SET"
          + " step = excluded.step, last = coalesce(excluded.last, last),"
          + " low = min(coalesce(low, excluded.low), coalesce(excluded.low, low)),"
          + " high = max(coalesce(high, excluded.high), coalesce(excluded.high, high)),"
          + " odd = coalesce(odd, excluded.odd)";

  private static final String READ =
      "SELECT step, (SELECT last FROM block WHERE series = ? AND last IS NOT NULL"
          + " AND block BETWEEN first AND final ORDER BY block DESC LIMIT 1) AS last,"
          + " low, high, odd FROM (SELECT max(step) AS step, min(block) AS first,"
          + " max(block) AS final, min(low) AS low, max(high) AS high,"
          + " coalesce(min(odd), -1) AS odd FROM block"
          + " WHERE series = ? AND block BETWEEN ? AND ? GROUP BY block / ?)";

  private SeriesBlocks() {}

  /**
   * Adds a step's values.
   *
   * @param rows of the table {@code metric}: series, step, value, flag
   */
  static void add(SqliteFile database, int step, List<@Nullable Object[]> rows) throws IOException {
    List<@Nullable Object[]> blocks = new ArrayList<>();
    for (@Nullable Object[] row : rows) {
      Object value = row[2];
      Object odd = value == null ? step : null;
      blocks.add(new @Nullable Object[] {row[0], step / WIDTH, step, value, value, value, odd});
    }
    database.update(ADD, blocks);
  }

  /** Makes the blocks right after the values beyond a step were dropped. */
  static void dropAfter(SqliteFile database, int step) throws IOException {
    database.update("DELETE FROM block WHERE block >= ?", step / WIDTH);
    database.execute(String.format(FILL, Integer.toString(step / WIDTH * WIDTH)));
  }

  /**
   * Returns the values of a metric from one step to another as points of a chart.
   *
   * @param width steps that share a point, a multiple of {@value #WIDTH}
   */
  static List<SeriesBucket> read(SqliteFile database, String key, int from, int to, int width)
      throws IOException {
    List<Long> ids =
        database.query("SELECT id FROM series WHERE key = ?", row -> row.getLong(1), key);
    if (ids.isEmpty()) {
      return List.of();
    }
    return database.query(
        READ,
        row ->
            new SeriesBucket(
                row.getInt("step"),
                StoredNumber.readOrNaN(row, "last"),
                StoredNumber.readOrNaN(row, "low"),
                StoredNumber.readOrNaN(row, "high"),
                row.getInt("odd")),
        ids.get(0),
        ids.get(0),
        from / WIDTH,
        to / WIDTH,
        width / WIDTH);
  }
}
