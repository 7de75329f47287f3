package org.posthorn.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteConfig.TransactionMode;

/** Opens connections; most of SQLite's settings are per connection and so are set for each. */
public final class Connector {
  /** Readers wait for nobody in WAL mode but during recovery and the reset of the log. */
  private static final int BUSY_MILLIS = 10_000;

  /** KiB, written negative as PRAGMA cache_size wants it. */
  private static final int WRITER_CACHE = -2_000;

  private static final int READER_CACHE = -1_000;

  /** The log is cut back to this size after a checkpoint. */
  private static final long LOG_OCTETS = 16L << 20;

  private Connector() {}

  /** The connection of the one writer; creates the file when it is missing. */
  public static Db writer(Path file) throws SQLException {
    return writer(file, UnaryOperator.identity());
  }

  /** As {@link #writer(Path)}, through what is put before the connection. */
  static Db writer(Path file, UnaryOperator<Connection> before) throws SQLException {
    Db db = new Db(before.apply(connect(file, WRITER_CACHE, TransactionMode.IMMEDIATE)));
    try {
      // WAL stays with the file once set; said again, it costs a look.
      db.first(row -> row.getString(1), "PRAGMA journal_mode = WAL");
      db.first(row -> row.getLong(1), "PRAGMA journal_size_limit = " + LOG_OCTETS);
      return db;
    } catch (SQLException | RuntimeException e) {
      db.close();
      throw e;
    }
  }

  public static Db reader(Path file) throws SQLException {
    return reader(file, UnaryOperator.identity());
  }

  /** As {@link #reader(Path)}, through what is put before the connection. */
  static Db reader(Path file, UnaryOperator<Connection> before) throws SQLException {
    return new Db(before.apply(connect(file, READER_CACHE, TransactionMode.DEFERRED)));
  }

  /** A connection that changes nothing and makes no file; other processes may write meanwhile. */
  public static Db looker(Path file) throws SQLException {
    SQLiteConfig config = config(READER_CACHE, TransactionMode.DEFERRED);
    config.setReadOnly(true);
    return new Db(connect(file, config));
  }

  private static Connection connect(Path file, int cache, TransactionMode mode)
      throws SQLException {
    return connect(file, config(cache, mode));
  }

  private static Connection connect(Path file, SQLiteConfig config) throws SQLException {
    return JDBC.createConnection("jdbc:sqlite:" + file.toAbsolutePath(), config.toProperties());
  }

  private static SQLiteConfig config(int cache, TransactionMode mode) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.enforceForeignKeys(true);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTempStore(TempStore.MEMORY);
    config.setCacheSize(cache);
    config.setTransactionMode(mode);
    // Asked by the driver after each INSERT otherwise, by one more statement.
    config.setGetGeneratedKeys(false);
    return config;
  }
}
