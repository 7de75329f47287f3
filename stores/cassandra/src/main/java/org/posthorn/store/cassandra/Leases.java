package org.posthorn.store.cassandra;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** Exclusive use of mailboxes: rows that go by themselves when nobody renews them. Thread-safe. */
final class Leases {
  private final Cql cql;
  private final Settings settings;

  /** When a holder renewed last. */
  private final Map<UUID, Long> renewed = new ConcurrentHashMap<>();

  Leases(Cql cql, Settings settings) {
    this.cql = cql;
    this.settings = settings;
  }

  private int seconds() {
    return (int) Math.max(1, Math.min(630_000_000L, settings.exclusiveLease().toSeconds()));
  }

  private boolean decide(String statement, Object... values) throws StoreException {
    return cql.decide(List.of(cql.bind(statement, values)));
  }

  private static StoreException inUse() {
    return new StoreException(Code.IN_USE, "somebody else has the mailbox for himself");
  }

  void take(String mailbox, UUID holder) throws StoreException {
    if (!decide(
        "INSERT INTO lease (mailbox, holder) VALUES (?, ?) IF NOT EXISTS USING TTL ?",
        mailbox,
        holder,
        seconds())) {
      throw inUse();
    }
    renewed.put(holder, settings.millis());
  }

  /** Taken again where it had expired and nobody else came. */
  void renew(String mailbox, UUID holder) throws StoreException {
    Long last = renewed.get(holder);
    if (last != null && settings.millis() - last < settings.exclusiveLease().toMillis() / 3) {
      return;
    }
    if (decide(
        "UPDATE lease USING TTL ? SET holder = ? WHERE mailbox = ? IF holder = ?",
        seconds(),
        holder,
        mailbox,
        holder)) {
      renewed.put(holder, settings.millis());
    } else {
      take(mailbox, holder);
    }
  }

  void release(String mailbox, UUID holder) throws StoreException {
    if (renewed.remove(holder) != null) {
      decide("DELETE FROM lease WHERE mailbox = ? IF holder = ?", mailbox, holder);
    }
  }
}
