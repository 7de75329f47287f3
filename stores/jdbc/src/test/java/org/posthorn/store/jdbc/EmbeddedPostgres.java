package org.posthorn.store.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.IntPredicate;
import org.postgresql.ds.PGSimpleDataSource;
import org.posthorn.store.StoreException;

/** A real PostgreSQL, started when first needed and shared by all tests of the JVM. */
public final class EmbeddedPostgres {
  private static final String TEMPLATE = "posthorn_template";
  private static final ThreadLocal<String> OWN =
      ThreadLocal.withInitial(EmbeddedPostgres::copyOfTemplate);
  private static int databases;

  private EmbeddedPostgres() {}

  private static final class Server {
    static final io.zonky.test.db.postgres.embedded.EmbeddedPostgres RUNNING = start();

    private static io.zonky.test.db.postgres.embedded.EmbeddedPostgres start() {
      try {
        var server =
            io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
        execute(server, "postgres", "CREATE DATABASE " + TEMPLATE);
        // The tables are made once and copied from then on.
        PostgresStore.at(address(server.getPort(), TEMPLATE)).open().close();
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (StoreException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static synchronized String copyOfTemplate() {
    String name = "mail_" + ++databases;
    execute("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
    return name;
  }

  /** The address of a new database that has none. */
  public static synchronized String emptyDatabase() {
    String name = "empty_" + ++databases;
    execute("CREATE DATABASE " + name);
    return address(Server.RUNNING.getPort(), name);
  }

  /** Makes the tables as they were after some migration. */
  static void migrate(String address, int version) throws SQLException, StoreException {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(address.replaceFirst("^postgresql://[^@]*@", "jdbc:postgresql://"));
    database.setUser("postgres");
    database.setPassword("postgres");
    PgSchema.upgrade(database, version);
  }

  /**
   * The address of the database of this thread, which this empties: the quicker way to start anew.
   * Test classes that run side by side do so in threads of their own.
   */
  public static String emptied() {
    String database = OWN.get();
    execute(
        database,
        "TRUNCATE account, mailbox, message, message_state, body, chunk, mime_index, vanished,"
            + " uid_ranges, lease, mailbox_keyword, keyword_set, subscription, account_change,"
            + " thread_key, attribute, acl, quota_limit, quota_root, text_index RESTART IDENTITY");
    execute(database, "UPDATE uid_validity SET floor = 0");
    return address(Server.RUNNING.getPort(), database);
  }

  /** As the superuser, in the database that is always there. */
  public static void execute(String sql) {
    execute(Server.RUNNING, "postgres", sql);
  }

  /**
   * Waits until nobody else is connected to a database: what was killed may work on for a moment.
   */
  public static void awaitAlone(String address) {
    await("alone", address, "", count -> count == 0);
  }

  /** A transaction that changes an account and takes its time. */
  static Connection busy(String address, String account) throws SQLException {
    Connection connection =
        Server.RUNNING.getDatabase("postgres", PgAddress.parse(address).database()).getConnection();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1 FROM account WHERE name = '" + account + "' FOR NO KEY UPDATE");
    }
    return connection;
  }

  /** Waits until so many wait for a lock in a database. */
  static void awaitLockWaiters(String address, int waiters) {
    await("somebody waiting", address, " AND wait_event_type = 'Lock'", count -> count >= waiters);
  }

  private static void await(String what, String address, String which, IntPredicate wanted) {
    String connections =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = '"
            + PgAddress.parse(address).database()
            + "'"
            + which;
    try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      long end = System.nanoTime() + 30_000_000_000L;
      while (!wanted.test(count(statement, connections))) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("never " + what + " at " + address);
        }
        Thread.onSpinWait();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int count(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  /** A connection of the superuser. */
  static Connection connect(String address) throws SQLException {
    return Server.RUNNING
        .getDatabase("postgres", PgAddress.parse(address).database())
        .getConnection();
  }

  static void execute(String database, String sql) {
    execute(Server.RUNNING, database, sql);
  }

  private static void execute(
      io.zonky.test.db.postgres.embedded.EmbeddedPostgres server, String database, String sql) {
    try (Connection connection = server.getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String address(int port, String database) {
    return "postgresql://postgres:postgres@127.0.0.1:" + port + "/" + database;
  }
}
