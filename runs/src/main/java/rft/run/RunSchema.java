package rft.run;

import java.util.List;

/** The tables of {@code run.db}, as the changes that made each version from the one before. */
final class RunSchema {
  static final SqliteSchema TABLES =
      new SqliteSchema(
          List.of(
              List.of(
                  "CREATE TABLE series (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT",
                  // SQLite stores NaN as NULL: flag 0 is the value itself, 1 NaN, 2 and 3
                  // +-infinity.
                  "CREATE TABLE metric (series INTEGER NOT NULL REFERENCES series (id),"
                      + " step INTEGER NOT NULL, value REAL, flag INTEGER NOT NULL,"
                      + " PRIMARY KEY (series, step)) STRICT, WITHOUT ROWID",
                  "CREATE INDEX metric_by_step ON metric (step)",
                  "CREATE TABLE step (step INTEGER PRIMARY KEY, at_millis INTEGER NOT NULL,"
                      + " rollouts INTEGER NOT NULL) STRICT",
                  "CREATE TABLE rollout (step INTEGER NOT NULL, position INTEGER NOT NULL,"
                      + " sample INTEGER NOT NULL, task TEXT NOT NULL, split TEXT,"
                      + " reward REAL, advantage REAL, tokens INTEGER NOT NULL,"
                      + " outcome TEXT NOT NULL, finish TEXT NOT NULL,"
                      + " PRIMARY KEY (step, position, sample)) STRICT, WITHOUT ROWID",
                  // AUTOINCREMENT: the number of a dropped event is never given to another one.
                  "CREATE TABLE event (sequence INTEGER PRIMARY KEY AUTOINCREMENT,"
                      + " at_millis INTEGER NOT NULL, step INTEGER NOT NULL, kind TEXT NOT NULL,"
                      + " detail TEXT NOT NULL) STRICT",
                  // How often rows were dropped, so that a reader that follows knows to start over.
                  "CREATE TABLE generation (count INTEGER NOT NULL) STRICT",
                  "INSERT INTO generation VALUES (0)"),
              List.of(SeriesBlocks.TABLE, SeriesBlocks.FILL_ALL)));

  private RunSchema() {}
}
