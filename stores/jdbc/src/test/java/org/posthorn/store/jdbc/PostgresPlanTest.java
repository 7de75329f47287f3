package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The statements are those of SQLite; here PostgreSQL plans them for any arguments. Where it may
 * choose, it must not read a table from end to end.
 */
class PostgresPlanTest {
  @TempDir Path directory;

  @Test
  void everyStatementLooksUp() throws Exception {
    PgAddress at = PgAddress.parse(EmbeddedPostgres.emptied());
    String url = "jdbc:postgresql://" + at.host() + ":" + at.port() + "/" + at.database();
    QueryPlanTest.withStatements(
        directory,
        (account, statements) -> {
          try (Connection connection = DriverManager.getConnection(url, at.user(), at.password());
              Statement statement = connection.createStatement()) {
            statement.execute("SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan");
            assertEquals(List.of(), scans(statement, statements));
          }
        });
  }

  @Test
  void aSearchReadsTheIndexOfTrigrams() throws Exception {
    PgAddress at = PgAddress.parse(EmbeddedPostgres.emptied());
    String url = "jdbc:postgresql://" + at.host() + ":" + at.port() + "/" + at.database();
    try (Connection connection = DriverManager.getConnection(url, at.user(), at.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO text_index SELECT n, n % 50, 'subject ' || n, repeat('words of message ' ||"
              + " n || ' ', 20) FROM generate_series(1, 20000) n; ANALYZE text_index");
      List<String> plan =
          rows(
              statement,
              "EXPLAIN SELECT body FROM text_index WHERE account = 7 AND content LIKE '%age"
                  + " 1234%'");
      assertTrue(String.join("\n", plan).contains("text_index_trigrams"), plan.toString());
    }
  }

  /** What the deletion of an account and each change of one ask of {@code body}. */
  @Test
  void bodiesOfOneAccountAreFoundWithoutThoseOfOthers() throws Exception {
    PgAddress at = PgAddress.parse(EmbeddedPostgres.emptied());
    String url = "jdbc:postgresql://" + at.host() + ":" + at.port() + "/" + at.database();
    try (Connection connection = DriverManager.getConnection(url, at.user(), at.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO account (name, state, created, retrieved) VALUES ('alice', 1, 0, 0);"
              + "INSERT INTO body (account, refs, octets, email_id, touched)"
              + " SELECT 1, n % 2, 0, 'E' || n, n FROM generate_series(1, 20000) n; ANALYZE body");
      String foreignKey = "EXPLAIN SELECT 1 FROM ONLY body x WHERE 7 = account FOR KEY SHARE OF x";
      assertTrue(rows(statement, foreignKey).toString().contains("Index Cond: (account = 7)"));
      String free =
          "EXPLAIN SELECT id FROM body WHERE account = 1 AND refs = 0 AND touched <= 9 LIMIT 256";
      assertTrue(rows(statement, free).toString().contains("body_free"));
      assertTrue(rows(statement, free).toString().contains("(touched <= 9)"));
    }
  }

  private static List<String> scans(Statement statement, Set<String> statements)
      throws SQLException {
    List<String> scans = new ArrayList<>();
    int planned = 0;
    for (String sql : statements) {
      // What makes a file, and what the two do differently.
      if (sql.startsWith("PRAGMA") || sql.contains("only_row") || sql.contains("text_index")) {
        continue;
      }
      prepare(statement, sql);
      String arguments = String.join(", ", Collections.nCopies(count(sql), "NULL"));
      for (String step :
          rows(
              statement,
              "EXPLAIN EXECUTE p" + (arguments.isEmpty() ? "" : "(" + arguments + ")"))) {
        if (step.contains("Seq Scan")) {
          scans.add(step.strip() + " in " + sql);
        }
      }
      statement.execute("DEALLOCATE p");
      planned++;
    }
    assertTrue(planned > 40, "statements planned: " + planned);
    return scans;
  }

  /** Numbers where PostgreSQL cannot tell by itself what an argument is. */
  private static void prepare(Statement statement, String sql) throws SQLException {
    StringBuilder numbered = new StringBuilder();
    int count = 0;
    for (int i = 0; i < sql.length(); i++) {
      numbered.append(sql.charAt(i) == '?' ? "$" + ++count : String.valueOf(sql.charAt(i)));
    }
    try {
      statement.execute("PREPARE p AS " + numbered);
    } catch (SQLException untyped) {
      String types = String.join(", ", Collections.nCopies(count, "bigint"));
      statement.execute("PREPARE p(" + types + ") AS " + numbered);
    }
  }

  private static int count(String sql) {
    return (int) sql.chars().filter(c -> c == '?').count();
  }

  private static List<String> rows(Statement statement, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }
}
