package org.posthorn.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Db;
import org.posthorn.sqlite.Work;
import org.posthorn.store.StoreException;

/**
 * Connections for transactions, some that read and some that write. A connection that was lost is
 * replaced when one is needed; nothing waits longer than a few seconds for it. Thread-safe.
 */
final class PgPool implements AutoCloseable {
  private static final Duration IDLE = Duration.ofMinutes(2);

  /** Readers see one state from their first statement on. */
  private static final String READERS =
      "SET default_transaction_isolation = 'repeatable read';"
          + " SET default_transaction_read_only = on";

  /**
   * Whoever changes an account locks its row first and sees what was committed before. A process
   * that hangs in the middle of a change lets go in the end.
   */
  private static final String WRITERS =
      "SET default_transaction_isolation = 'read committed'; SET lock_timeout = '10s';"
          + " SET idle_in_transaction_session_timeout = '60s'";

  private final HikariDataSource readers;
  private final HikariDataSource writers;
  private volatile boolean closed;

  /**
   * Makes no connection yet.
   *
   * @param wait at most for a connection, and for logging in with a new one; a second or more
   */
  PgPool(DataSource database, Duration wait, int readers, int writers) {
    this.readers = pool(database, wait, "readers", readers, READERS);
    this.writers = pool(database, wait, "writers", writers, WRITERS);
  }

  private static HikariDataSource pool(
      DataSource database, Duration wait, String name, int most, String init) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("posthorn-" + name);
    config.setDataSource(database);
    config.setMaximumPoolSize(most);
    config.setMinimumIdle(1);
    config.setIdleTimeout(IDLE.toMillis());
    config.setConnectionTimeout(wait.toMillis());
    config.setValidationTimeout(wait.toMillis() / 2);
    config.setConnectionInitSql(init);
    // Whether the database can be reached was found out before; later it may come and go.
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /** Runs on a snapshot of what was committed. */
  <T> T read(long tenant, Work<T> work) throws StoreException {
    return transaction(readers, tenant, null, work);
  }

  /**
   * Runs after others that lock the same.
   *
   * @param lock the first statement
   */
  <T> T write(long tenant, Work<?> lock, Work<T> work) throws StoreException {
    return transaction(writers, tenant, lock, work);
  }

  /** Runs beside others; what it needs for itself it locks. */
  <T> T write(long tenant, Work<T> work) throws StoreException {
    return transaction(writers, tenant, null, work);
  }

  private <T> T transaction(
      HikariDataSource pool, long tenant, @Nullable Work<?> lock, Work<T> work)
      throws StoreException {
    // Given back without a commit it is rolled back.
    try (Connection connection = pool.getConnection()) {
      Db db = new Db(connection, tenant);
      db.begin();
      if (lock != null) {
        lock.run(db);
      }
      T result = work.run(db);
      db.commit();
      return result;
    } catch (SQLException e) {
      throw failed(pool, e);
    }
  }

  /** One lost connection tells that those that wait are probably lost too. */
  private StoreException failed(HikariDataSource pool, SQLException failure) {
    if (closed) {
      return JdbcStore.closed();
    }
    HikariPoolMXBean bean = pool.getHikariPoolMXBean();
    if (PgErrors.isLost(failure) && bean != null) {
      bean.softEvictConnections();
    }
    return PgErrors.translate(failure);
  }

  @Override
  public void close() {
    closed = true;
    readers.close();
    writers.close();
  }
}
