package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
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
        "SELECT name, value FROM attribute WHERE account = ? AND object = ?",
        db.tenant(),
        object);
    return found;
  }

  static boolean change(Db db, String object, Change change) throws SQLException, StoreException {
    SortedMap<String, byte[]> before = of(db, object);
    SortedMap<String, byte[]> after = new TreeMap<>(before);
    change.apply(after);
    for (String name : before.keySet()) {
      if (!after.containsKey(name)) {
        remove(db, object, name);
      }
    }
    for (Map.Entry<String, byte[]> entry : after.entrySet()) {
      byte[] old = before.get(entry.getKey());
      if (old == null) {
        add(db, object, entry.getKey(), entry.getValue());
      } else if (!Arrays.equals(old, entry.getValue())) {
        db.update(
            "UPDATE attribute SET value = ? WHERE account = ? AND object = ? AND name = ?",
            entry.getValue(),
            db.tenant(),
            object,
            entry.getKey());
      }
    }
    return true;
  }

  static void add(Db db, String object, String name, byte[] value) throws SQLException {
    db.update(
        "INSERT INTO attribute (account, object, name, value) VALUES (?, ?, ?, ?)",
        db.tenant(),
        object,
        name,
        value);
  }

  static byte @Nullable [] find(Db db, String object, String name) throws SQLException {
    return db.first(
        row -> row.getBytes(1),
        "SELECT value FROM attribute WHERE account = ? AND object = ? AND name = ?",
        db.tenant(),
        object,
        name);
  }

  static int remove(Db db, String object, String name) throws SQLException {
    return db.update(
        "DELETE FROM attribute WHERE account = ? AND object = ? AND name = ?",
        db.tenant(),
        object,
        name);
  }

  static int removeAll(Db db, String name) throws SQLException {
    return db.update("DELETE FROM attribute WHERE account = ? AND name = ?", db.tenant(), name);
  }

  /** The object is gone. */
  static void forget(Db db, String object) throws SQLException {
    db.update("DELETE FROM attribute WHERE account = ? AND object = ?", db.tenant(), object);
  }
}
