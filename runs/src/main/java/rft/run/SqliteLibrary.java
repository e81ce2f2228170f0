package rft.run;

import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite's native library, which its driver unpacks into a temporary folder. Here that folder is
 * this process's own and goes as soon as the library is loaded, so that a process that is killed
 * leaves nothing of it.
 */
final class SqliteLibrary {
  private static final String FOLDER = "org.sqlite.tmpdir";

  static {
    if (System.getProperty(FOLDER) == null && System.getProperty("org.sqlite.lib.path") == null) {
      load();
    }
  }

  private SqliteLibrary() {}

  /** Loads it unless it is loaded. */
  static void require() {
    // The class's initializer does.
  }

  private static void load() {
    try {
      Path own = Files.createTempDirectory("rft-sqlite");
      System.setProperty(FOLDER, own.toString());
      try {
        SQLiteJDBCLoader.initialize();
      } finally {
        System.clearProperty(FOLDER);
        DurableFile.deleteTree(own);
      }
    } catch (Exception e) {
      // What is in use cannot be deleted everywhere; and where the library cannot be loaded, the
      // first connection says why.
    }
  }
}
