package org.posthorn.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * The steps by which a file came to its present form; {@code PRAGMA user_version} counts those
 * taken.
 */
enum Schema {
  ACCOUNT("account", 1),
  DIRECTORY("directory", 1);

  private final String file;
  private final int version;

  Schema(String file, int version) {
    this.file = file;
    this.version = version;
  }

  static int version(Db db) throws SQLException {
    return (int) db.number("PRAGMA user_version");
  }

  /**
   * Takes the missing steps, within the caller's transaction.
   *
   * @return the version that was found
   * @throws StoreException CANNOT when a newer release wrote the file
   */
  int upgrade(Db db) throws SQLException, StoreException {
    int found = version(db);
    if (found > version) {
      throw new StoreException(Code.CANNOT, "stored mail is of a newer format than this release");
    }
    for (int step = found + 1; step <= version; step++) {
      for (String statement : statements(step)) {
        db.execute(statement);
      }
    }
    if (found < version) {
      db.execute("PRAGMA user_version = " + version);
    }
    return found;
  }

  boolean isCurrent(Db db) throws SQLException {
    return version(db) == version;
  }

  private List<String> statements(int step) {
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    for (String line : script(file + "-" + step + ".sql").lines().toList()) {
      int comment = line.indexOf("--");
      String code = (comment < 0 ? line : line.substring(0, comment)).stripTrailing();
      statement.append(code).append('\n');
      if (code.endsWith(";")) {
        statements.add(statement.toString());
        statement.setLength(0);
      }
    }
    return statements;
  }

  private static String script(String name) {
    try (InputStream in = Schema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
