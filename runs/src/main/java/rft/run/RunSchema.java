package rft.run;

import java.io.IOException;
import java.util.List;

/** The tables of {@code run.db}, as the changes that made each version from the one before. */
final class RunSchema {
  private static final List<List<String>> VERSIONS =
      List.of(
          List.of(
              "CREATE TABLE series (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT",
              // SQLite stores NaN as NULL: flag 0 is the value itself, 1 NaN, 2 and 3 +-infinity.
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
              "INSERT INTO generation VALUES (0)"));

  private RunSchema() {}

  /** Brings the tables to this version. */
  static void migrate(RunDatabase database) throws IOException {
    long from = version(database);
    refuseNewer(database, from);
    for (int i = (int) from; i < VERSIONS.size(); i++) {
      int version = i + 1;
      List<String> changes = VERSIONS.get(i);
      database.transaction(
          () -> {
            for (String change : changes) {
              database.execute(change);
            }
            database.execute("PRAGMA user_version = " + version);
          });
    }
  }

  /**
   * Checks that the tables can be read.
   *
   * @throws DamagedRunException if there are none
   * @throws IOException if they are of another version
   */
  static void check(RunDatabase database) throws IOException {
    long version = version(database);
    refuseNewer(database, version);
    if (version == 0) {
      throw new DamagedRunException(database.file() + " has no tables", null);
    }
  }

  private static long version(RunDatabase database) throws IOException {
    return database.integer("PRAGMA user_version");
  }

  private static void refuseNewer(RunDatabase database, long version) throws IOException {
    if (version > VERSIONS.size()) {
      throw new IOException(
          database.file()
              + " was written by a newer version of this product (schema "
              + version
              + ", this one knows "
              + VERSIONS.size()
              + "): update it");
    }
  }
}
