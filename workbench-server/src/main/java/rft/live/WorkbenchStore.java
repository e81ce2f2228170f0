package rft.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import rft.run.RunHome;
import rft.run.SqliteFile;
import rft.run.SqliteSchema;

/**
 * What the workbench itself remembers, in {@code workbench.db} of its home: what users marked runs
 * with. Runs themselves are never written to. Safe for use by several threads.
 */
final class WorkbenchStore implements Tags, AutoCloseable {
  /** A new table is a new version at the end. */
  private static final SqliteSchema TABLES =
      new SqliteSchema(
          List.of(
              List.of(
                  "CREATE TABLE tag (run TEXT NOT NULL, tag TEXT NOT NULL,"
                      + " PRIMARY KEY (run, tag)) STRICT, WITHOUT ROWID")));

  private record Mark(String run, String tag) {}

  private final SqliteFile file;

  private WorkbenchStore(SqliteFile file) {
    this.file = file;
  }

  /**
   * Opens it, and creates it if needed.
   *
   * @throws IOException if the home cannot be written, or a newer version wrote the file
   */
  static WorkbenchStore open(RunHome home) throws IOException {
    PrivateFolder.create(home.root());
    return new WorkbenchStore(
        SqliteFile.openForWriting(home.root().resolve("workbench.db"), TABLES));
  }

  @Override
  public synchronized Map<String, List<String>> all() throws IOException {
    Map<String, List<String>> tags = new HashMap<>();
    for (Mark mark :
        file.query(
            "SELECT run, tag FROM tag ORDER BY run, tag",
            row -> new Mark(row.getString(1), row.getString(2)))) {
      tags.computeIfAbsent(mark.run(), run -> new ArrayList<>()).add(mark.tag());
    }
    return tags;
  }

  /** Marks a run with these tags and no others. */
  synchronized List<String> setTags(String run, List<String> tags) throws IOException {
    List<String> sorted = List.copyOf(new TreeSet<>(tags));
    file.transaction(
        () -> {
          file.update("DELETE FROM tag WHERE run = ?", run);
          for (String tag : sorted) {
            file.update("INSERT INTO tag VALUES (?, ?)", run, tag);
          }
        });
    return sorted;
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
