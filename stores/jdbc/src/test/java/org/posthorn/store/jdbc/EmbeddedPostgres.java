package org.posthorn.store.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.posthorn.store.StoreException;

/** A real PostgreSQL, started when first needed and shared by all tests of the JVM. */
final class EmbeddedPostgres {
  private static final String TEMPLATE = "posthorn_template";
  private static int databases;

  private EmbeddedPostgres() {}

  private static final class Server {
    static final io.zonky.test.db.postgres.embedded.EmbeddedPostgres RUNNING = start();

    private static io.zonky.test.db.postgres.embedded.EmbeddedPostgres start() {
      try {
        var server = io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder().start();
        execute(server, "CREATE DATABASE " + TEMPLATE);
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

  /** The address of a new database that has all tables. */
  static synchronized String newDatabase() {
    String name = "mail_" + ++databases;
    execute("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
    return address(Server.RUNNING.getPort(), name);
  }

  /** The address of a new database that has none. */
  static synchronized String emptyDatabase() {
    String name = "empty_" + ++databases;
    execute("CREATE DATABASE " + name);
    return address(Server.RUNNING.getPort(), name);
  }

  static void drop(String address) {
    execute("DROP DATABASE " + PgAddress.parse(address).database() + " WITH (FORCE)");
  }

  /** As the superuser, in the database that is always there. */
  static void execute(String sql) {
    execute(Server.RUNNING, sql);
  }

  private static void execute(
      io.zonky.test.db.postgres.embedded.EmbeddedPostgres server, String sql) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
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
