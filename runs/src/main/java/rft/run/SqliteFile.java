package rft.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/**
 * One connection to a SQLite file. Its SQL errors come out as {@link IOException}. For one thread
 * at a time.
 */
public final class SqliteFile implements AutoCloseable {
  /** Reads one row of a result. */
  public interface Row<T> {
    /** Reads it. */
    T read(ResultSet row) throws SQLException;
  }

  /** Queries whose answers belong together. */
  interface Reading<T> {
    T read() throws IOException;
  }

  /** Statements that take effect together or not at all. */
  public interface Transaction {
    /** Runs them. */
    void run() throws IOException;
  }

  private static final int BUSY_MILLIS = 5_000;
  private static final Set<SQLiteErrorCode> DAMAGE =
      Set.of(SQLiteErrorCode.SQLITE_CORRUPT, SQLiteErrorCode.SQLITE_NOTADB);
  private static final Set<SQLiteErrorCode> NO_WRITE_PERMISSION =
      Set.of(
          SQLiteErrorCode.SQLITE_READONLY,
          SQLiteErrorCode.SQLITE_READONLY_DIRECTORY,
          SQLiteErrorCode.SQLITE_READONLY_CANTINIT,
          SQLiteErrorCode.SQLITE_CANTOPEN,
          SQLiteErrorCode.SQLITE_PERM);

  private final Path file;
  private final Connection connection;

  private SqliteFile(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /**
   * Opens the file for its one writer, creates it if needed, and brings its tables up to date.
   *
   * @throws IOException if it cannot be opened or was written by a newer version
   */
  public static SqliteFile openForWriting(Path file, SqliteSchema schema) throws IOException {
    try {
      SqliteLibrary.require();
      SQLiteConfig config = new SQLiteConfig();
      config.setBusyTimeout(BUSY_MILLIS);
      config.enforceForeignKeys(true);
      DurableFile.createPrivateIfMissing(file); // its journals get the same rights
      SqliteFile database = new SqliteFile(file, config.createConnection(url(file, "")));
      return database.prepared(
          () -> {
            database.execute("PRAGMA trusted_schema = OFF");
            database.execute("PRAGMA journal_mode = " + journalFor(storeType(file)));
            database.execute("PRAGMA synchronous = FULL");
            schema.migrate(database);
          });
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  /**
   * Opens the file for reading, also while another process writes it.
   *
   * @throws DamagedRunException if the file is missing or no database
   * @throws IOException if it cannot be read or was written by a newer version
   */
  static SqliteFile openForReading(Path file, SqliteSchema schema) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new DamagedRunException(file + " is missing", null);
    }
    try {
      return openForReading(file, schema, "");
    } catch (NotPermittedException e) {
      // Shared memory of the journal needs a writable folder; a closed file can do without.
      Path journal = file.resolveSibling(DurableFile.nameOf(file) + "-wal");
      if (Files.exists(journal) && Files.size(journal) > 0) {
        throw new IOException(
            file + " is still in use and its folder is not writable for you: " + e.getMessage(), e);
      }
      return openForReading(file, schema, "?immutable=1");
    }
  }

  private static SqliteFile openForReading(Path file, SqliteSchema schema, String parameters)
      throws IOException {
    try {
      SqliteLibrary.require();
      SQLiteConfig config = new SQLiteConfig();
      config.setBusyTimeout(BUSY_MILLIS);
      config.resetOpenMode(SQLiteOpenMode.CREATE);
      SqliteFile database = new SqliteFile(file, config.createConnection(url(file, parameters)));
      return database.prepared(
          () -> {
            database.execute("PRAGMA trusted_schema = OFF");
            database.execute("PRAGMA query_only = ON");
            schema.check(database);
          });
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  private SqliteFile prepared(Transaction preparation) throws IOException {
    try {
      preparation.run();
      return this;
    } catch (IOException | RuntimeException e) {
      try {
        close();
      } catch (IOException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  /** Returns the journal for a file system: the fast one needs memory shared within one host. */
  static String journalFor(String storeType) {
    String type = storeType.toLowerCase(Locale.ROOT);
    boolean network =
        type.startsWith("nfs")
            || type.startsWith("cifs")
            || type.startsWith("smb")
            || type.startsWith("fuse.sshfs");
    return network ? "DELETE" : "WAL";
  }

  private static String storeType(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? "" : Files.getFileStore(folder).type();
  }

  private static String url(Path file, String parameters) {
    return "jdbc:sqlite:" + file.toAbsolutePath().toUri() + parameters;
  }

  Path file() {
    return file;
  }

  /** Returns one value per row of the answer. */
  public <T> List<T> query(String sql, Row<T> row, @Nullable Object... arguments)
      throws IOException {
    return query(sql, row, List.<@Nullable Object[]>of(arguments));
  }

  /** Runs one query for each list of arguments; returns one value per row of all answers. */
  public <T> List<T> query(String sql, Row<T> row, List<@Nullable Object[]> calls)
      throws IOException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      List<T> rows = new ArrayList<>();
      for (@Nullable Object[] arguments : calls) {
        bind(statement, arguments);
        try (ResultSet result = statement.executeQuery()) {
          while (result.next()) {
            rows.add(row.read(result));
          }
        }
      }
      return rows;
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  /** Returns the integer of the only row of the answer. */
  public long integer(String sql, @Nullable Object... arguments) throws IOException {
    return query(sql, row -> row.getLong(1), arguments).get(0);
  }

  /** Runs one statement for each list of arguments. */
  public void update(String sql, List<@Nullable Object[]> rows) throws IOException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (@Nullable Object[] arguments : rows) {
        bind(statement, arguments);
        statement.executeUpdate();
      }
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  /** Runs one statement. */
  public void update(String sql, @Nullable Object... arguments) throws IOException {
    update(sql, List.<@Nullable Object[]>of(arguments));
  }

  /** Runs a statement without arguments; its answer, if any, is dropped. */
  void execute(String sql) throws IOException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  /** Runs the work in one transaction. */
  public void transaction(Transaction work) throws IOException {
    execute("BEGIN IMMEDIATE");
    try {
      work.run();
      execute("COMMIT");
    } catch (IOException | RuntimeException e) {
      try {
        execute("ROLLBACK");
      } catch (IOException rollback) {
        e.addSuppressed(rollback);
      }
      throw e;
    }
  }

  /** Returns what the work reads; all of it is of one moment. */
  <T> T reading(Reading<T> work) throws IOException {
    execute("BEGIN");
    try {
      return work.read();
    } finally {
      execute("ROLLBACK");
    }
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object[] arguments)
      throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
  }

  private static IOException failure(Path file, SQLException e) {
    SQLiteErrorCode code = e instanceof SQLiteException s ? s.getResultCode() : null;
    if (code != null && DAMAGE.contains(code)) {
      return new DamagedRunException(file + " is damaged: " + e.getMessage(), e);
    }
    if (code != null && NO_WRITE_PERMISSION.contains(code)) {
      return new NotPermittedException(file + " cannot be opened: " + e.getMessage(), e);
    }
    if (code == SQLiteErrorCode.SQLITE_FULL) {
      return new IOException("the disk is full: " + file + " cannot grow; free some space", e);
    }
    return new IOException(file + ": " + e.getMessage(), e);
  }

  private static final class NotPermittedException extends IOException {
    private static final long serialVersionUID = 1;

    NotPermittedException(String sentence, Throwable cause) {
      super(sentence, cause);
    }
  }
}
