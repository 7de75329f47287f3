package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes and migrates the tables. Every step may be taken twice or by several servers at the same
 * time: each statement makes only what is not there.
 */
final class Schema {
  /** The last step; {@code schema-N.cql} is step N. */
  static final int VERSION = 3;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration AGAIN = Duration.ofMillis(50);

  private Schema() {}

  /**
   * Makes the keyspace where it is missing.
   *
   * @param replication as CQL writes it
   */
  static void createKeyspace(CqlSession session, String keyspace, String replication) {
    Row there =
        session
            .execute(
                "SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?",
                keyspace)
            .one();
    if (there == null) {
      execute(
          session,
          "CREATE KEYSPACE IF NOT EXISTS " + keyspace + " WITH replication = " + replication);
    }
  }

  /** A node writes down a keyspace that another server makes a moment before it can be used. */
  static void useKeyspace(CqlSession session, String keyspace) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        session.execute("USE " + keyspace);
        return;
      } catch (InvalidQueryException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        LockSupport.parkNanos(AGAIN.toNanos());
      }
    }
  }

  /** Takes the steps that are missing in the keyspace of the session. */
  static void migrate(CqlSession session) {
    int done = version(session);
    if (done == 0) {
      execute(
          session,
          "CREATE TABLE IF NOT EXISTS schema_version (one int, version int, PRIMARY KEY (one,"
              + " version))");
    }
    for (int step = done + 1; step <= VERSION; step++) {
      for (String statement : statements("schema-" + step + ".cql")) {
        execute(session, statement);
      }
      session.execute(
          SimpleStatement.newInstance(
                  "INSERT INTO schema_version (one, version) VALUES (1, ?)", step)
              .setConsistencyLevel(Levels.DATA));
    }
  }

  /** Steps that were taken, 0 where even their table is missing. */
  private static int version(CqlSession session) {
    try {
      Row latest =
          session
              .execute(
                  SimpleStatement.newInstance(
                          "SELECT max(version) AS version FROM schema_version WHERE one = 1")
                      .setConsistencyLevel(Levels.DATA))
              .one();
      return latest == null || latest.isNull("version") ? 0 : latest.getInt("version");
    } catch (InvalidQueryException noTable) {
      return 0;
    }
  }

  private static void execute(CqlSession session, String statement) {
    session.execute(SimpleStatement.newInstance(statement).setTimeout(PATIENCE));
    session.checkSchemaAgreement();
  }

  static List<String> statements(String resource) {
    try (InputStream in = Schema.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no " + resource);
      }
      StringBuilder text = new StringBuilder();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        if (!line.startsWith("--")) {
          text.append(line).append('\n');
        }
      }
      List<String> statements = new ArrayList<>();
      for (String statement : text.toString().split(";", -1)) {
        if (!statement.isBlank()) {
          statements.add(statement.strip());
        }
      }
      return statements;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
