package rft.run;

import java.io.IOException;
import java.util.List;

/**
 * The tables of a SQLite file, as the changes that made each version from the one before. The
 * number of the version lies in the file as {@code user_version}.
 *
 * @param versions statements of each version, the first one first; what was released never changes
 */
public record SqliteSchema(List<List<String>> versions) {
  public SqliteSchema {
    versions = List.copyOf(versions);
  }

  /** Brings the tables to this version. */
  void migrate(SqliteFile database) throws IOException {
    long from = version(database);
    refuseNewer(database, from);
    for (int i = (int) from; i < versions.size(); i++) {
      int version = i + 1;
      List<String> changes = versions.get(i);
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
  void check(SqliteFile database) throws IOException {
    long version = version(database);
    refuseNewer(database, version);
    if (version == 0) {
      throw new DamagedRunException(database.file() + " has no tables", null);
    }
  }

  static long version(SqliteFile database) throws IOException {
    return database.integer("PRAGMA user_version");
  }

  private void refuseNewer(SqliteFile database, long version) throws IOException {
    if (version > versions.size()) {
      throw new IOException(
          database.file()
              + " was written by a newer version of this product (schema "
              + version
              + ", this one knows "
              + versions.size()
              + "): update it");
    }
  }
}
