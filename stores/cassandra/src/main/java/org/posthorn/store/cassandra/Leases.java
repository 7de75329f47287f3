package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** Exclusive use of mailboxes: rows that go by themselves when nobody renews them. Thread-safe. */
final class Leases {
  private static final int REMEMBERED = 10_000;

  private final Cql cql;
  private final Settings settings;

  /** When a holder renewed last. */
  private final Map<UUID, Long> renewed = new ConcurrentHashMap<>();

  /** By mailbox: who gave it up and could not say so. */
  private final Map<String, UUID> abandoned = new ConcurrentHashMap<>();

  Leases(Cql cql, Settings settings) {
    this.cql = cql;
    this.settings = settings;
  }

  private int seconds() {
    return (int) Math.max(1, Math.min(630_000_000L, settings.exclusiveLease().toSeconds()));
  }

  private static StoreException unanswered() {
    return new StoreException(Code.UNAVAILABLE, "the database did not answer");
  }

  private static StoreException inUse() {
    return new StoreException(Code.IN_USE, "somebody else has the mailbox for himself");
  }

  void take(String mailbox, UUID holder) throws StoreException {
    Deadline deadline = cql.deadline();
    try {
      while (!insert(mailbox, holder)) {
        // Refused, or the reply was lost: also who got it without knowing finds himself there.
        Row row = cql.decided(deadline, "SELECT holder FROM lease WHERE mailbox = ?", mailbox);
        UUID now = row == null ? null : row.getUuid("holder");
        if (holder.equals(now)) {
          break;
        }
        if (now != null && !now.equals(abandoned.get(mailbox))) {
          throw inUse();
        }
        if (deadline.isOver()) {
          throw unanswered();
        }
        if (now != null) {
          delete(mailbox, now, deadline);
        }
      }
    } catch (StoreException e) {
      if (e.code() == Code.UNAVAILABLE) {
        abandon(mailbox, holder);
      }
      throw e;
    }
    abandoned.remove(mailbox);
    renewed.put(holder, settings.millis());
  }

  private boolean insert(String mailbox, UUID holder) throws StoreException {
    return cql.conditional(
            List.of(
                cql.bind(
                    "INSERT INTO lease (mailbox, holder) VALUES (?, ?) IF NOT EXISTS USING TTL ?",
                    mailbox,
                    holder,
                    seconds())))
        == Cql.Outcome.APPLIED;
  }

  /** Taken again where it had expired and nobody else came. */
  void renew(String mailbox, UUID holder) throws StoreException {
    Long last = renewed.get(holder);
    if (last != null && settings.millis() - last < settings.exclusiveLease().toMillis() / 3) {
      return;
    }
    if (decide(
        cql.deadline(),
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
      try {
        delete(mailbox, holder, cql.deadline());
      } catch (StoreException e) {
        abandon(mailbox, holder);
        throw e;
      }
    }
  }

  private void delete(String mailbox, UUID holder, Deadline deadline) throws StoreException {
    var unused =
        decide(deadline, "DELETE FROM lease WHERE mailbox = ? IF holder = ?", mailbox, holder);
  }

  /** What changes nothing more the second time: asked again where the reply was lost. */
  private boolean decide(Deadline deadline, String statement, Object... values)
      throws StoreException {
    do {
      Cql.Outcome outcome = cql.conditional(List.of(cql.bind(statement, values)));
      if (outcome != Cql.Outcome.UNKNOWN) {
        return outcome == Cql.Outcome.APPLIED;
      }
    } while (!deadline.isOver());
    throw unanswered();
  }

  /** Nobody knows whether this holder still has it; here it may be taken from him. */
  private void abandon(String mailbox, UUID holder) {
    if (abandoned.size() >= REMEMBERED) {
      abandoned.clear();
    }
    abandoned.put(mailbox, holder);
  }
}
