package org.posthorn.store.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Db;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.StoreException;

/** A message that its group publishes once it has ended. */
interface IncomingMessage {
  AppendSpec spec();

  boolean ended();

  long octets();

  /** The last step, within the committing transaction; gives the body. */
  long publish(Db db) throws SQLException, StoreException;

  /** As publish, with the identities that the message had somewhere else, as far as it had any. */
  long publish(Db db, @Nullable String emailId, @Nullable String threadId)
      throws SQLException, StoreException;

  /** The group is done with; what was staged and not published will be freed. */
  void release();
}
