package org.posthorn.sqlite;

import java.sql.SQLException;
import org.posthorn.store.StoreException;

/** Something done on a connection within one transaction. */
@FunctionalInterface
public interface Work<T> {
  T run(Db db) throws SQLException, StoreException;
}
