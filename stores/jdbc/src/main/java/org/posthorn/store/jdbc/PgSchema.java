package org.posthorn.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * The tables of a database, brought up to date by Flyway: {@code V1__mail.sql} and what follows it.
 */
final class PgSchema {
  /** The number of the last migration of this release. */
  static final int VERSION = 7;

  private static final String MIGRATIONS = "classpath:META-INF/posthorn/postgresql";
  private static final String HISTORY = "posthorn_schema";

  private PgSchema() {}

  /**
   * Takes the missing steps, if there are any; of several processes one does.
   *
   * @throws StoreException CANNOT when a newer release wrote the tables, or the user may not change
   *     them
   */
  static void upgrade(DataSource database) throws SQLException, StoreException {
    upgrade(database, VERSION);
  }

  /** As {@link #upgrade(DataSource)}, no further than to an earlier release's tables. */
  static void upgrade(DataSource database, int version) throws SQLException, StoreException {
    int found = version(database);
    if (found > version) {
      throw new StoreException(Code.CANNOT, "stored mail is of a newer format than this release");
    }
    if (found == version) {
      return;
    }
    try {
      Flyway.configure(PgSchema.class.getClassLoader())
          .dataSource(database)
          .locations(MIGRATIONS)
          .table(HISTORY)
          // Other tables may be there before ours.
          .baselineOnMigrate(true)
          .baselineVersion("0")
          // Not every number has a step.
          .target(version + "?")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new StoreException(
          Code.CANNOT, "the tables cannot be brought up to date: " + firstLine(e), e);
    }
  }

  /** 0 where nothing is yet. */
  private static int version(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      try (ResultSet there =
          statement.executeQuery("SELECT to_regclass('" + HISTORY + "') IS NOT NULL")) {
        if (!there.next() || !there.getBoolean(1)) {
          return 0;
        }
      }
      try (ResultSet version =
          statement.executeQuery(
              "SELECT coalesce(max(version::integer), 0) FROM " + HISTORY + " WHERE success")) {
        return version.next() ? version.getInt(1) : 0;
      }
    }
  }

  private static String firstLine(FlywayException e) {
    String text = String.valueOf(e.getMessage()).strip();
    return text.lines().findFirst().orElse("");
  }
}
