package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * What a failure of PostgreSQL means to a caller, by its SQLSTATE. Texts never carry SQL or hosts;
 * those stay in the cause.
 */
final class PgErrors {
  private PgErrors() {}

  static StoreException translate(SQLException failure) {
    String state = state(failure);
    if (state.equals("53100")) {
      return new StoreException(Code.NO_SPACE, "no space left for mail", failure);
    }
    if (state.equals("25006") || state.equals("42501")) {
      return new StoreException(Code.READ_ONLY, "mail cannot be changed now", failure);
    }
    if (state.startsWith("XX00") && !state.equals("XX000")) {
      return new StoreException(Code.CORRUPTION, "stored mail is damaged", failure);
    }
    if (isTemporary(state) || failure instanceof SQLTransientConnectionException) {
      return new StoreException(Code.UNAVAILABLE, "mail storage is not available now", failure);
    }
    return new StoreException(Code.FAULT, "internal error of the mail storage", failure);
  }

  /**
   * Whether the connection is of no more use, and others made before may not be either: lost, or to
   * a server that only lets itself be read now, which another one has taken the place of.
   */
  static boolean isLost(SQLException failure) {
    String state = state(failure);
    return state.startsWith("08") || state.startsWith("57P") || state.equals("25006");
  }

  /** The first that says something, from the outermost failure inwards. */
  private static String state(SQLException failure) {
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return "";
  }

  /**
   * Connection lost or refused, shutting down or starting, resources, operator intervention, locks,
   * deadlocks, errors of the disk.
   */
  private static boolean isTemporary(String state) {
    return state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57")
        || state.startsWith("58")
        || state.startsWith("40")
        || state.equals("55P03")
        || state.equals("25P03");
  }
}
