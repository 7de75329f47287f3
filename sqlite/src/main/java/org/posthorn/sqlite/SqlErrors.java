package org.posthorn.sqlite;

import java.sql.SQLException;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What a failure of SQLite means to a caller. Texts never carry SQL or paths; those stay in the
 * cause.
 */
final class SqlErrors {
  /** Extended result codes keep the primary code in their lowest octet. */
  private static final int PRIMARY = 0xff;

  private SqlErrors() {}

  static StoreException translate(SQLException failure) {
    int primary = failure instanceof SQLiteException s ? s.getResultCode().code & PRIMARY : -1;
    if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
      return new StoreException(Code.NO_SPACE, "no space left for mail", failure);
    }
    if (primary == SQLiteErrorCode.SQLITE_READONLY.code
        || primary == SQLiteErrorCode.SQLITE_PERM.code) {
      return new StoreException(Code.READ_ONLY, "mail cannot be changed now", failure);
    }
    if (primary == SQLiteErrorCode.SQLITE_CORRUPT.code
        || primary == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return new StoreException(Code.CORRUPTION, "stored mail is damaged", failure);
    }
    if (isTemporary(primary)) {
      return new StoreException(Code.UNAVAILABLE, "mail storage is not available now", failure);
    }
    return new StoreException(Code.FAULT, "internal error of the mail storage", failure);
  }

  private static boolean isTemporary(int primary) {
    return primary == SQLiteErrorCode.SQLITE_BUSY.code
        || primary == SQLiteErrorCode.SQLITE_LOCKED.code
        || primary == SQLiteErrorCode.SQLITE_IOERR.code
        || primary == SQLiteErrorCode.SQLITE_CANTOPEN.code
        || primary == SQLiteErrorCode.SQLITE_PROTOCOL.code
        || primary == SQLiteErrorCode.SQLITE_NOMEM.code
        || primary == SQLiteErrorCode.SQLITE_INTERRUPT.code;
  }
}
