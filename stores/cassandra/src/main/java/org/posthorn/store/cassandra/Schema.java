package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * Makes and migrates the tables. Every step may be taken twice or by several servers at the same
 * time: each statement makes only what is not there.
 */
final class Schema {
  /** The last step; {@code schema-N.cql} is step N. */
  static final int VERSION = 4;

  private static final Pattern MADE = Pattern.compile("CREATE TABLE IF NOT EXISTS (\\w+)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration AGAIN = Duration.ofMillis(50);

  private Schema() {}

  /**
   * Makes the keyspace where it is missing.
   *
   * @param replication as CQL writes it
   */
  static void createKeyspace(CqlSession session, String keyspace, String replication)
      throws StoreException {
    Row there =
        session
            .execute(
                SimpleStatement.newInstance(
                        "SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?",
                        keyspace)
                    .setTimeout(PATIENCE))
            .one();
    if (there == null) {
      execute(
          session,
          "CREATE KEYSPACE IF NOT EXISTS " + keyspace + " WITH replication = " + replication);
    }
  }

  /** A node writes down a keyspace that another server makes a moment before it can be used. */
  static void useKeyspace(CqlSession session, String keyspace) {
    patiently(session, SimpleStatement.newInstance("USE " + keyspace));
  }

  /**
   * Takes the steps that are missing in a keyspace, which the session uses.
   *
   * @throws StoreException CANNOT where a newer version took steps that are not known here
   */
  static void migrate(CqlSession session, String keyspace) throws StoreException {
    int done = version(session, keyspace);
    if (done > VERSION) {
      throw new StoreException(
          Code.CANNOT,
          "the tables of the keyspace "
              + keyspace
              + " are of step "
              + done
              + ", made by a newer version of Posthorn; this one knows "
              + VERSION);
    }
    if (done == 0) {
      execute(
          session,
          named(
              keyspace,
              "CREATE TABLE IF NOT EXISTS schema_version (one int, version int, PRIMARY KEY (one,"
                  + " version))"));
    }
    for (int step = done + 1; step <= VERSION; step++) {
      for (String statement : statements("schema-" + step + ".cql")) {
        execute(session, named(keyspace, statement));
      }
      patiently(
          session,
          SimpleStatement.newInstance(
                  "INSERT INTO schema_version (one, version) VALUES (1, ?)", step)
              .setConsistencyLevel(Levels.DATA));
    }
  }

  /**
   * Writes down in which data centre the servers of a keyspace are, whoever comes first.
   *
   * @throws StoreException CANNOT where they are in another one: the replicas of each would decide
   *     without those of the other
   */
  static void settle(CqlSession session, String keyspace, String datacenter) throws StoreException {
    String home = home(session);
    if (home == null) {
      // Asks the replicas in all data centres, this once.
      Row other =
          patiently(
                  session,
                  SimpleStatement.newInstance(
                          "INSERT INTO home (one, datacenter) VALUES (1, ?) IF NOT EXISTS",
                          datacenter)
                      .setConsistencyLevel(Levels.DATA)
                      .setSerialConsistencyLevel(Levels.EVERYWHERE))
              .one();
      home = other == null || other.getBoolean("[applied]") ? datacenter : datacenter(other);
    }
    if (!datacenter.equals(home)) {
      throw new StoreException(
          Code.CANNOT,
          "the servers that use the keyspace "
              + keyspace
              + " are in the data centre "
              + home
              + ", this one is in "
              + datacenter);
    }
  }

  private static @Nullable String home(CqlSession session) {
    Row row =
        patiently(
                session,
                SimpleStatement.newInstance("SELECT datacenter FROM home WHERE one = 1")
                    .setConsistencyLevel(Levels.DATA))
            .one();
    return row == null ? null : datacenter(row);
  }

  private static String datacenter(Row row) {
    return Accounts.text(row, "datacenter");
  }

  /** Steps that were taken, 0 where even their table is missing. */
  private static int version(CqlSession session, String keyspace) {
    Row table =
        session
            .execute(
                SimpleStatement.newInstance(
                        "SELECT id FROM system_schema.tables WHERE keyspace_name = ?"
                            + " AND table_name = 'schema_version'",
                        keyspace)
                    .setTimeout(PATIENCE))
            .one();
    if (table == null) {
      return 0;
    }
    Row latest =
        patiently(
                session,
                SimpleStatement.newInstance(
                        "SELECT max(version) AS version FROM schema_version WHERE one = 1")
                    .setConsistencyLevel(Levels.DATA))
            .one();
    return latest == null || latest.isNull("version") ? 0 : latest.getInt("version");
  }

  /**
   * The statement with an identity for the table that it makes: two nodes that make one at the same
   * time, for two servers, would else give it two, and all that was written to one of them is lost.
   * No two tables of a cluster may have the same.
   */
  static String named(String keyspace, String statement) {
    Matcher made = MADE.matcher(statement);
    if (!made.lookingAt()) {
      return statement;
    }
    String table = "posthorn " + keyspace + "." + made.group(1);
    UUID id = UUID.nameUUIDFromBytes(table.getBytes(StandardCharsets.UTF_8));
    return statement + (statement.contains(") WITH ") ? " AND id = " : " WITH id = ") + id;
  }

  private static void execute(CqlSession session, String statement) throws StoreException {
    patiently(session, SimpleStatement.newInstance(statement));
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!session.checkSchemaAgreement()) {
      if (System.nanoTime() - end > 0) {
        throw new StoreException(
            Code.UNAVAILABLE, "the nodes of the cluster do not agree about the tables");
      }
    }
  }

  /**
   * Every statement may be sent again. What another server has just made is not known to all nodes
   * yet, and a node that makes tables may be too busy to answer.
   */
  private static ResultSet patiently(CqlSession session, SimpleStatement statement) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return session.execute(statement.setTimeout(PATIENCE));
      } catch (DriverException e) {
        if (!mayPass(e) || System.nanoTime() - end > 0) {
          throw e;
        }
        LockSupport.parkNanos(AGAIN.toNanos());
      }
    }
  }

  private static boolean mayPass(DriverException e) {
    return e instanceof InvalidQueryException
        || !(e instanceof QueryValidationException
            || e instanceof UnavailableException
            || e instanceof AllNodesFailedException);
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
