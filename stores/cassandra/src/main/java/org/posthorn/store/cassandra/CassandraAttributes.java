package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.support.AttributeTable;
import org.posthorn.store.support.Place;

/** Attributes of an account in one partition, changed by conditional batches. Thread-safe. */
final class CassandraAttributes implements AttributeTable {
  private static final int ATTEMPTS = 40;

  /** Attributes that one batch removes. */
  private static final int REMOVED = 500;

  /** Batches in which the attributes of an account go. */
  private static final int MOST_BATCHES = 10_000;

  /** Octets in one batch. */
  private static final int MOST = 200 << 10;

  private final Cql cql;
  private final Hints hints;

  CassandraAttributes(Cql cql, Hints hints) {
    this.cql = cql;
    this.hints = hints;
  }

  /** A partition has to be named; the store itself has the empty name. */
  private static String partition(String account) {
    return "@" + account;
  }

  @Override
  public SortedMap<String, byte[]> get(String account, String object) throws StoreException {
    return read(partition(account), object);
  }

  private SortedMap<String, byte[]> read(String account, String object) throws StoreException {
    SortedMap<String, byte[]> attributes = new TreeMap<>();
    for (Row row :
        cql.all(
            "SELECT name, value FROM attribute WHERE account = ? AND object = ?",
            account,
            object)) {
      String name = row.getString("name");
      ByteBuffer value = row.getByteBuffer("value");
      if (name != null && value != null) {
        byte[] octets = new byte[value.remaining()];
        value.duplicate().get(octets);
        attributes.put(name, octets);
      }
    }
    return attributes;
  }

  @Override
  public void change(String owner, String object, Change change) throws StoreException {
    String account = partition(owner);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      @Nullable UUID token = token(account);
      SortedMap<String, byte[]> before = read(account, object);
      SortedMap<String, byte[]> after = new TreeMap<>(before);
      change.apply(after);
      List<BoundStatement> rows = difference(account, object, before, after);
      if (rows.isEmpty() || decide(account, token, rows)) {
        return;
      }
    }
    throw contention();
  }

  private static StoreException contention() {
    return new StoreException(Code.UNAVAILABLE, "too many change the account at the same time");
  }

  private @Nullable UUID token(String account) throws StoreException {
    Row head = cql.decided("SELECT DISTINCT stamp FROM attribute WHERE account = ?", account);
    return head == null ? null : head.getUuid("stamp");
  }

  private List<BoundStatement> difference(
      String account,
      String object,
      SortedMap<String, byte[]> before,
      SortedMap<String, byte[]> after)
      throws StoreException {
    List<BoundStatement> rows = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    int octets = 0;
    for (String name : names) {
      byte[] value = after.get(name);
      if (value == null) {
        rows.add(delete(account, object, name));
      } else if (!Arrays.equals(value, before.get(name))) {
        octets += value.length + object.length() + name.length();
        rows.add(
            cql.bind(
                "INSERT INTO attribute (account, object, name, value) VALUES (?, ?, ?, ?)",
                account,
                object,
                name,
                ByteBuffer.wrap(value)));
      }
    }
    if (octets > MOST) {
      throw new StoreException(Code.LIMIT, "too much would change at once");
    }
    return rows;
  }

  private BoundStatement delete(String account, String object, String name) throws StoreException {
    return cql.bind(
        "DELETE FROM attribute WHERE account = ? AND object = ? AND name = ?",
        account,
        object,
        name);
  }

  private boolean decide(String account, @Nullable UUID before, List<BoundStatement> rows)
      throws StoreException {
    UUID token = Ids.token();
    List<BoundStatement> batch = new ArrayList<>();
    batch.add(
        cql.bind(
            "UPDATE attribute SET stamp = ? WHERE account = ? IF stamp = ?",
            token,
            account,
            before));
    batch.addAll(rows);
    Cql.Outcome outcome = cql.conditional(token, batch);
    // Setting the same once more does no harm, so that only our own token counts.
    return outcome == Cql.Outcome.APPLIED
        || (outcome == Cql.Outcome.UNKNOWN && token.equals(token(account)));
  }

  private interface Which {
    boolean goes(String object, String name);
  }

  private void removeSome(String account, Which which) throws StoreException {
    int batches = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      @Nullable UUID token = token(account);
      List<BoundStatement> rows = new ArrayList<>();
      for (Row row : cql.all("SELECT object, name FROM attribute WHERE account = ?", account)) {
        String object = row.getString("object");
        String name = row.getString("name");
        if (object != null && name != null && which.goes(object, name) && rows.size() < REMOVED) {
          rows.add(delete(account, object, name));
        }
      }
      if (rows.isEmpty()) {
        return;
      }
      if (decide(account, token, rows) && batches++ < MOST_BATCHES) {
        attempt = 0;
      }
    }
    throw contention();
  }

  @Override
  public void removeAll(String account, String name) throws StoreException {
    removeSome(partition(account), (object, own) -> own.equals(name));
  }

  /** The mailbox was deleted. */
  void forget(String account, String mailbox) throws StoreException {
    if (!get(account, mailbox).isEmpty()) {
      removeSome(partition(account), (object, name) -> object.equals(mailbox));
    }
  }

  /** The account was deleted. */
  void forget(String account) throws StoreException {
    removeSome(partition(account), (object, name) -> true);
  }

  @Override
  public void hint(Place mailbox) {
    hints.tell(mailbox.owner(), mailbox.id(), mailbox.name());
  }
}
