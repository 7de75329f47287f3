package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.posthorn.store.StoreException;

/**
 * Frees bodies that nobody refers to. It looks only at what was put in doubt so long ago that
 * whoever was at it then is done or dead. Several servers may do it at the same time.
 */
final class Collector {
  private static final int SLOTS = 16;
  private static final int PAGE = 200;

  private final Cql cql;
  private final Settings settings;

  Collector(Cql cql, Settings settings) {
    this.cql = cql;
    this.settings = settings;
  }

  static int slot(String mailbox) {
    return Math.floorMod(mailbox.hashCode(), SLOTS);
  }

  /** Looks at all that is old enough; gives how many bodies went. */
  int run() throws StoreException {
    int freed = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      List<Row> page;
      do {
        page = due(slot);
        freed += look(slot, page);
      } while (page.size() == PAGE);
    }
    return freed;
  }

  private List<Row> due(int slot) throws StoreException {
    UUID until = Uuids.endOf(settings.millis() - settings.freeAfter().toMillis());
    return cql.all(
        "SELECT at, mailbox, bodies FROM garbage WHERE slot = ? AND at < ? LIMIT " + PAGE,
        slot,
        until);
  }

  private int look(int slot, List<Row> page) throws StoreException {
    Map<String, Set<UUID>> present = new HashMap<>();
    int freed = 0;
    for (Row row : page) {
      String mailbox = row.getString("mailbox");
      ByteBuffer bodies = row.getByteBuffer("bodies");
      if (mailbox != null && bodies != null) {
        if (!present.containsKey(mailbox)) {
          present.put(mailbox, bodiesOf(mailbox));
        }
        for (UUID body : Bodies.decode(bodies)) {
          if (!present.getOrDefault(mailbox, Set.of()).contains(body)) {
            freed += release(mailbox, body) ? 1 : 0;
          }
        }
      }
      cql.write("DELETE FROM garbage WHERE slot = ? AND at = ?", slot, row.getUuid("at"));
    }
    return freed;
  }

  /** Bodies that a mailbox refers to, also by what is on its way home. */
  private Set<UUID> bodiesOf(String mailbox) throws StoreException {
    Set<UUID> bodies = new HashSet<>();
    Row head =
        cql.decided("SELECT DISTINCT " + Box.COLUMNS + " FROM mailbox WHERE id = ?", mailbox);
    if (head != null && head.getUuid("stamp") != null) {
      Box box = new Box(mailbox, head);
      for (Bucket bucket : box.buckets) {
        addAll(bodies, cql.all("SELECT body FROM bucket WHERE id = ?", bucket.id()));
      }
    }
    addAll(bodies, cql.all("SELECT body FROM mailbox WHERE id = ? AND kind = 0", mailbox));
    return bodies;
  }

  private static void addAll(Set<UUID> bodies, List<Row> rows) {
    for (Row row : rows) {
      UUID body = row.getUuid("body");
      if (body != null) {
        bodies.add(body);
      }
    }
  }

  /** Reasons that are younger may belong to a message that is just coming. */
  private boolean release(String mailbox, UUID body) throws StoreException {
    long until = settings.millis() - settings.freeAfter().toMillis();
    boolean left = false;
    for (Row row : cql.all("SELECT mailbox, reason FROM body WHERE id = ?", body)) {
      UUID reason = row.getUuid("reason");
      boolean ours = mailbox.equals(row.getString("mailbox"));
      if (reason != null && ours && Uuids.unixTimestamp(reason) < until) {
        cql.write(
            "DELETE FROM body WHERE id = ? AND mailbox = ? AND reason = ?", body, mailbox, reason);
      } else {
        left |= reason != null;
      }
    }
    if (!left) {
      Bodies.delete(cql, body);
    }
    return !left;
  }
}
