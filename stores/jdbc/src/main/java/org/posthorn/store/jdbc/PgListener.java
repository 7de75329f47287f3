package org.posthorn.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Hears what other processes tell, and shows them that this one is alive, on a connection of its
 * own that is made anew when it is lost. What was told while nobody listened is made up for by
 * looking at everything.
 */
final class PgListener implements AutoCloseable {
  static final String CHANNEL = "posthorn";

  /** What is usual for {@code silence}. */
  static final Duration SILENCE = Duration.ofSeconds(10);

  private static final long PAUSE_MILLIS = 300;

  /** What is done with it, on this listener's thread. */
  interface Ear {
    void heard(String hint);

    /** Something may have been missed. */
    void mayHaveMissed();
  }

  private final DataSource database;
  private final long process;
  private final Duration silence;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Ear ear;
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable Connection connection;

  /** Whether the lock is the connection's. Only the thread that connects knows. */
  private boolean shown;

  /**
   * On a connection that keeps an advisory lock.
   *
   * @param process number of the lock, by which others know that this process is alive
   * @param silence after which it looks whether the connection still is one, and how long it waits
   *     for an answer
   */
  PgListener(DataSource database, long process, Duration silence, Ear ear) {
    this.database = database;
    this.process = process;
    this.silence = silence;
    this.ear = ear;
    this.thread = new Thread(this::run, "posthorn-postgresql-hears");
    thread.setDaemon(true);
  }

  /** Listens when this returns, so that nothing is missed afterwards. */
  void start() throws SQLException {
    connect();
    thread.start();
  }

  private void connect() throws SQLException {
    Connection fresh = database.getConnection();
    boolean listening = false;
    try (Statement statement = fresh.createStatement()) {
      // All that it asks takes no time: so it notices soon that a network swallows everything.
      fresh.setNetworkTimeout(Runnable::run, (int) silence.toMillis());
      statement.execute("LISTEN " + CHANNEL);
      shown = show(statement);
      connection = fresh;
      listening = true;
    } finally {
      if (!listening) {
        fresh.close();
      }
    }
  }

  /**
   * Shows that this process is alive. Where the network was cut, the database may take the lost
   * connection for alive, and its lock for taken, until much later.
   */
  private boolean show(Statement statement) throws SQLException {
    try (ResultSet lock = statement.executeQuery("SELECT pg_try_advisory_lock(" + process + ")")) {
      return lock.next() && lock.getBoolean(1);
    }
  }

  private void run() {
    while (!closed) {
      Connection current = connection;
      try {
        if (current == null) {
          connect();
          tell(ear::mayHaveMissed);
        } else {
          listen(current);
        }
      } catch (SQLException e) {
        lost(current, e);
      }
    }
  }

  private void listen(Connection current) throws SQLException {
    PGConnection pg = current.unwrap(PGConnection.class);
    PGNotification[] heard = pg.getNotifications((int) silence.toMillis());
    if (heard != null) {
      for (PGNotification one : heard) {
        tell(() -> ear.heard(one.getParameter()));
      }
    }
    if ((heard == null || heard.length == 0 || !shown) && !closed) {
      try (Statement statement = current.createStatement()) {
        if (shown) {
          statement.execute("SELECT 1");
        } else {
          shown = show(statement);
        }
      }
    }
  }

  /** Whoever fails at one hint hears the next. */
  private static void tell(Runnable hint) {
    try {
      hint.run();
    } catch (RuntimeException e) {
      System.getLogger(PgListener.class.getName())
          .log(System.Logger.Level.ERROR, "a hint of another process came to nothing", e);
    }
  }

  private void lost(@Nullable Connection current, SQLException why) {
    if (closed) {
      return;
    }
    connection = null;
    System.Logger log = System.getLogger(PgListener.class.getName());
    if (current == null) {
      log.log(System.Logger.Level.DEBUG, "PostgreSQL cannot be listened to yet", why);
    } else {
      log.log(System.Logger.Level.WARNING, "the connection for hints was lost", why);
      end(current);
    }
    try {
      if (closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        closed = true;
      }
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private static void end(Connection current) {
    try {
      current.close();
    } catch (SQLException e) {
      System.getLogger(PgListener.class.getName())
          .log(System.Logger.Level.DEBUG, "the connection for hints was not closed", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    closing.countDown();
    Connection current = connection;
    if (current != null) {
      try {
        // Closing it would wait for the thread that reads from it.
        current.abort(Runnable::run);
      } catch (SQLException e) {
        end(current);
      }
    }
  }
}
