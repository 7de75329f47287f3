package org.posthorn.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;

/**
 * Notifies on a connection of its own, so that hints do not wait for those who write. Made when
 * there is something to tell, and anew when it was lost or nobody knows whether it still is one.
 * Used by one thread; whoever closes it may be another, when that has ended.
 */
final class PgVoice implements PgTeller.Voice, AutoCloseable {
  /** A firewall may have forgotten a connection that was silent for longer. */
  private static final long FORGOTTEN_NANOS = Duration.ofMinutes(1).toNanos();

  private final DataSource database;
  private final Duration silence;
  private volatile @Nullable Connection connection;
  private long lastUse;

  /**
   * Connects later.
   *
   * @param silence of the database that it waits for at most
   */
  PgVoice(DataSource database, Duration silence) {
    this.database = database;
    this.silence = silence;
  }

  @Override
  public void tell(List<String> hints) throws StoreException {
    if (System.nanoTime() - lastUse > FORGOTTEN_NANOS) {
      close();
    }
    boolean told = false;
    try {
      tell(connected(), hints);
      lastUse = System.nanoTime();
      told = true;
    } catch (SQLException e) {
      throw PgErrors.translate(e);
    } finally {
      if (!told) {
        close();
      }
    }
  }

  private static void tell(Connection to, List<String> hints) throws SQLException {
    try (PreparedStatement statement =
        to.prepareStatement("SELECT pg_notify(?, p) FROM unnest(?) AS p")) {
      statement.setString(1, PgListener.CHANNEL);
      statement.setArray(2, to.createArrayOf("text", hints.toArray()));
      statement.execute();
    }
  }

  private Connection connected() throws SQLException {
    Connection known = connection;
    if (known != null) {
      return known;
    }
    Connection fresh = database.getConnection();
    boolean usable = false;
    try {
      fresh.setNetworkTimeout(Runnable::run, (int) silence.toMillis());
      connection = fresh;
      usable = true;
      return fresh;
    } finally {
      if (!usable) {
        fresh.close();
      }
    }
  }

  @Override
  public void close() {
    Connection known = connection;
    connection = null;
    if (known != null) {
      try {
        known.close();
      } catch (SQLException e) {
        System.getLogger(PgVoice.class.getName())
            .log(System.Logger.Level.DEBUG, "a connection for hints was not closed", e);
      }
    }
  }
}
