package org.posthorn.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * The steps by which a file came to its present form; {@code PRAGMA user_version} counts those
 * taken. Step N is the resource {@code NAME-N.sql}, whose statements end in a semicolon at the end
 * of a line. Thread-safe and immutable.
 */
public final class SchemaSteps {
  private final String name;
  private final int version;
  private final Function<String, @Nullable InputStream> resources;

  /**
   * Names the steps; reads none yet.
   *
   * @param version number of the last step
   * @param resources gives a resource by its name, such as {@code
   *     Caller.class::getResourceAsStream}
   */
  public SchemaSteps(String name, int version, Function<String, @Nullable InputStream> resources) {
    this.name = name;
    this.version = version;
    this.resources = resources;
  }

  /** The number of steps that a file has taken; 0 for a new one. */
  public static int version(Db db) throws SQLException {
    return (int) db.number("PRAGMA user_version");
  }

  /**
   * Takes the missing steps, within the caller's transaction.
   *
   * @return the version that was found
   * @throws StoreException CANNOT when a newer release wrote the file
   */
  public int upgrade(Db db) throws SQLException, StoreException {
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

  /** Whether no step is missing. */
  public boolean isCurrent(Db db) throws SQLException {
    return version(db) == version;
  }

  private List<String> statements(int step) {
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    for (String line : script(name + "-" + step + ".sql").lines().toList()) {
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

  private String script(String resource) {
    try (InputStream in = resources.apply(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + resource);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
