package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.posthorn.sqlite.Db;
import org.posthorn.store.StoreException;
import org.posthorn.store.support.AttributeTable.Change;

/** SQL of attributes, the same in the files of accounts and in the directory. */
final class Attributes {
  private Attributes() {}

  static SortedMap<String, byte[]> of(Db db, String object) throws SQLException {
    SortedMap<String, byte[]> found = new TreeMap<>();
    db.each(
        row -> found.put(row.getString(1), row.getBytes(2)),
        "SELECT name, value FROM attribute WHERE object = ?",
        object);
    return found;
  }

  static boolean change(Db db, String object, Change change) throws SQLException, StoreException {
    SortedMap<String, byte[]> before = of(db, object);
    SortedMap<String, byte[]> after = new TreeMap<>(before);
    change.apply(after);
    for (String name : before.keySet()) {
      if (!after.containsKey(name)) {
        db.update("DELETE FROM attribute WHERE object = ? AND name = ?", object, name);
      }
    }
    for (Map.Entry<String, byte[]> entry : after.entrySet()) {
      if (!Arrays.equals(before.get(entry.getKey()), entry.getValue())) {
        db.update(
            "INSERT INTO attribute (object, name, value) VALUES (?, ?, ?)"
                + " ON CONFLICT (object, name) DO UPDATE SET value = excluded.value",
            object,
            entry.getKey(),
            entry.getValue());
      }
    }
    return true;
  }

  static int removeAll(Db db, String name) throws SQLException {
    return db.update("DELETE FROM attribute WHERE name = ?", name);
  }

  /** The object is gone. */
  static void forget(Db db, String object) throws SQLException {
    db.update("DELETE FROM attribute WHERE object = ?", object);
  }
}
