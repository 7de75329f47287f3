package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TablesTest {
  private static final Pattern MADE = Pattern.compile("CREATE TABLE IF NOT EXISTS (\\w+).*");
  private static final Pattern STATEMENT =
      Pattern.compile("\"((?:INSERT INTO|UPDATE|DELETE FROM) \\w+[^;]*?)\"\\s*[,)]");

  private static Set<String> tables() {
    Set<String> tables = new TreeSet<>();
    for (int step = 1; step <= Schema.VERSION; step++) {
      for (String statement : Schema.statements("schema-" + step + ".cql")) {
        Matcher made = MADE.matcher(statement.lines().findFirst().orElseThrow());
        if (made.matches()) {
          tables.add(made.group(1));
        }
      }
    }
    return tables;
  }

  @Test
  void tablesOfConditionalBatchesTakeNoPlainWrite() {
    for (String table : tables()) {
      boolean conditional = Tables.CONDITIONAL.contains(table);
      for (String write :
          List.of(
              "INSERT INTO " + table + " (a) VALUES (?)",
              "UPDATE " + table + " USING TTL ? SET a = ? WHERE b = ?",
              "DELETE FROM " + table + " WHERE b = ?",
              "DELETE a FROM " + table + " WHERE b = ?")) {
        assertEquals(!conditional, Tables.mayGoAlone(write), write);
        assertEquals(conditional, Tables.mayGoAlone(write + " IF c = ?"), write);
        assertEquals(conditional, Tables.isOfConditionalTable(write), write);
      }
      assertTrue(Tables.mayGoAlone("SELECT a FROM " + table + " WHERE b = ?"));
      assertFalse(Tables.isOfConditionalTable("SELECT a FROM " + table + " WHERE b = ?"));
    }
    assertTrue(tables().containsAll(Tables.CONDITIONAL));
  }

  /** What is written in the sources is sent on one of the two ways, which both check it. */
  @Test
  void everyStatementIsSentThroughTheCheck() throws IOException {
    Path sources = Path.of("src/main/java/org/posthorn/store/cassandra");
    int writes = 0;
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file);
        boolean sends = text.contains("session.execute") || text.contains("session.prepare");
        String name = file.getFileName().toString();
        assertEquals(Set.of("Cql.java", "Schema.java", "Sender.java").contains(name), sends, name);
        String joined = text.replaceAll("\"\\s*\\+ \"", "");
        Matcher statement = STATEMENT.matcher(joined);
        while (statement.find()) {
          writes++;
        }
      }
    }
    assertTrue(writes > 30, writes + " statements found");
  }
}
