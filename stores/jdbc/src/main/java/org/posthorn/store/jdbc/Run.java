package org.posthorn.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Messages next to each other that have MODSEQ, flags and keywords in common. */
record Run(long first, long last, long modSeq, int systemBits, long keywords) {
  static final String COLUMNS = "first_uid, last_uid, mod_seq, flags, keywords";

  /** Of a row of these columns. */
  static Run of(ResultSet row) throws SQLException {
    return new Run(row.getLong(1), row.getLong(2), row.getLong(3), row.getInt(4), row.getLong(5));
  }

  Run within(long from, long to) {
    return first >= from && last <= to
        ? this
        : new Run(Math.max(first, from), Math.min(last, to), modSeq, systemBits, keywords);
  }

  boolean isLike(Run other) {
    return modSeq == other.modSeq && systemBits == other.systemBits && keywords == other.keywords;
  }
}
