package org.posthorn.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One connection with its prepared statements. Used by one thread at a time. The SQL texts are
 * constants, so that the statements kept are as many as the code has.
 */
public final class Db implements AutoCloseable {
  private final Connection connection;
  private final long tenant;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Db(Connection connection) {
    this(connection, 1);
  }

  /**
   * On a connection that may be to another database than SQLite.
   *
   * @param tenant whose rows are meant where many share tables
   */
  public Db(Connection connection, long tenant) {
    this.connection = connection;
    this.tenant = tenant;
  }

  /** Whose rows are meant where many share tables; 1 in a file of SQLite. */
  public long tenant() {
    return tenant;
  }

  /** The same transaction on the rows of somebody else. */
  public Db of(long otherTenant) {
    return new Db(connection, otherTenant);
  }

  /** Reads one row; the cursor stands on it. */
  public interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  /** Takes rows one by one. */
  public interface RowReader {
    void row(ResultSet row) throws SQLException;
  }

  /** Begins a transaction, as the connection was opened to: immediate or deferred. */
  public void begin() throws SQLException {
    connection.setAutoCommit(false);
  }

  /** Unlike {@link Connection#commit()} this does not begin the next transaction. */
  public void commit() throws SQLException {
    connection.setAutoCommit(true);
  }

  public int update(String sql, @Nullable Object... arguments) throws SQLException {
    return bound(sql, arguments).executeUpdate();
  }

  /** Inserts into a table whose key is an integer and gives the key. */
  public long insert(String sql, @Nullable Object... arguments) throws SQLException {
    update(sql, arguments);
    return number("SELECT last_insert_rowid()");
  }

  /** The first column of the first row; 0 when there is none or it is null. */
  public long number(String sql, @Nullable Object... arguments) throws SQLException {
    try (ResultSet rows = bound(sql, arguments).executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  public <T> @Nullable T first(RowMapper<T> mapper, String sql, @Nullable Object... arguments)
      throws SQLException {
    try (ResultSet rows = bound(sql, arguments).executeQuery()) {
      return rows.next() ? mapper.map(rows) : null;
    }
  }

  public <T> List<T> all(RowMapper<T> mapper, String sql, @Nullable Object... arguments)
      throws SQLException {
    List<T> result = new ArrayList<>();
    each(row -> result.add(mapper.map(row)), sql, arguments);
    return result;
  }

  public void each(RowReader reader, String sql, @Nullable Object... arguments)
      throws SQLException {
    try (ResultSet rows = bound(sql, arguments).executeQuery()) {
      while (rows.next()) {
        reader.row(rows);
      }
    }
  }

  /** For loops that stop early; the caller closes it. */
  public ResultSet open(String sql, @Nullable Object... arguments) throws SQLException {
    return bound(sql, arguments).executeQuery();
  }

  /** A statement that is not worth keeping, without arguments. */
  public void execute(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }

  /** The texts of all statements used so far. */
  public Set<String> statements() {
    return Set.copyOf(prepared.keySet());
  }

  private PreparedStatement bound(String sql, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < arguments.length; i++) {
      bind(statement, i + 1, arguments[i]);
    }
    return statement;
  }

  private static void bind(PreparedStatement statement, int index, @Nullable Object argument)
      throws SQLException {
    if (argument == null) {
      statement.setNull(index, Types.NULL);
    } else if (argument instanceof Number number) {
      statement.setLong(index, number.longValue());
    } else if (argument instanceof String text) {
      statement.setString(index, text);
    } else if (argument instanceof byte[] octets) {
      statement.setBytes(index, octets);
    } else {
      throw new IllegalArgumentException(argument.getClass().getName());
    }
  }

  @Override
  public void close() throws SQLException {
    prepared.clear();
    connection.close();
  }
}
