package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * Frees bodies that nobody refers to, and what is left of calls whose process died. It looks only
 * at what was put in doubt so long ago that whoever was at it then is done or dead. Several servers
 * may do it at the same time.
 */
final class Collector {
  private static final int SLOTS = 16;
  private static final int PAGE = 200;

  /** Notes that are looked at together, and octets of the bodies that they name. */
  private static final int MOST_NOTES = 10_000;

  private static final int MOST_OCTETS = 8 << 20;

  private final Cql cql;
  private final Settings settings;
  private final Messages messages;
  private final Leftovers leftovers;

  Collector(Boxes boxes) {
    this.cql = boxes.cql;
    this.settings = boxes.settings;
    this.messages = boxes.messages;
    this.leftovers = new Leftovers(boxes);
  }

  static int slot(String mailbox) {
    return Math.floorMod(mailbox.hashCode(), SLOTS);
  }

  /**
   * Looks at all that is old enough; gives how many bodies went. What was decided is finished
   * first, since it may refer to bodies that are in doubt elsewhere. Where that fails for one
   * mailbox its notes stay, and the others are looked at nevertheless.
   *
   * @throws StoreException what failed first, in the end
   */
  int run() throws StoreException {
    long until = settings.millis() - settings.freeAfter().toMillis();
    Failures failures = new Failures();
    Set<UUID> staying = new HashSet<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      UUID last = Uuids.startOf(0);
      List<Row> page;
      do {
        page = due(slot, last, until);
        for (Row row : page) {
          last = at(row);
          if (!failures.survives(() -> leftovers.clear(row))) {
            staying.add(last);
          }
        }
      } while (page.size() == PAGE);
    }
    int freed = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      UUID last = Uuids.startOf(0);
      List<Row> notes;
      do {
        notes = manyDue(slot, last, until);
        List<Row> mine = new ArrayList<>();
        for (Row row : notes) {
          last = at(row);
          if (!staying.contains(last)) {
            mine.add(row);
          }
        }
        for (Map.Entry<String, List<Row>> entry : byMailbox(mine).entrySet()) {
          freed += look(slot, entry.getKey(), entry.getValue(), until, failures);
        }
      } while (notes.size() >= PAGE);
    }
    failures.end();
    return freed;
  }

  private static UUID at(Row row) {
    return Objects.requireNonNull(row.getUuid("at"));
  }

  /** What notes of one mailbox name; they go when that is done. */
  private int look(int slot, String mailbox, List<Row> notes, long until, Failures failures)
      throws StoreException {
    Set<UUID> doubted = new HashSet<>();
    List<BoundStatement> done = new ArrayList<>();
    for (Row row : notes) {
      ByteBuffer bodies = row.getByteBuffer("bodies");
      if (bodies != null) {
        doubted.addAll(Bodies.decode(bodies));
      }
      done.add(cql.bind("DELETE FROM garbage WHERE slot = ? AND at = ?", slot, at(row)));
    }
    int[] freed = {0};
    if (failures.survives(() -> freed[0] = look(mailbox, doubted, until))) {
      cql.writeAll(done);
    }
    return freed[0];
  }

  /** Does nothing of what it was told to do. */
  void forget() throws StoreException {
    for (int slot = 0; slot < SLOTS; slot++) {
      cql.write("DELETE FROM garbage WHERE slot = ?", slot);
    }
  }

  private List<Row> due(int slot, UUID after, long until) throws StoreException {
    return cql.all(
        "SELECT at, mailbox, bodies, bucket, move, target FROM garbage WHERE slot = ? AND at > ?"
            + " AND at < ? LIMIT "
            + PAGE,
        slot,
        after,
        Uuids.endOf(until));
  }

  /** So many that a mailbox of which there are many notes is not read again and again. */
  private List<Row> manyDue(int slot, UUID after, long until) throws StoreException {
    List<Row> notes = new ArrayList<>();
    UUID last = after;
    int octets = 0;
    List<Row> page;
    do {
      page = due(slot, last, until);
      for (Row row : page) {
        ByteBuffer bodies = row.getByteBuffer("bodies");
        octets += bodies == null ? 0 : bodies.remaining();
        last = at(row);
      }
      notes.addAll(page);
    } while (page.size() == PAGE && notes.size() < MOST_NOTES && octets < MOST_OCTETS);
    return notes;
  }

  /** By the mailbox that may refer to what they name. */
  private static Map<String, List<Row>> byMailbox(List<Row> notes) {
    Map<String, List<Row>> byMailbox = new LinkedHashMap<>();
    for (Row row : notes) {
      String target = row.getString("target");
      String mailbox = target == null ? Accounts.text(row, "mailbox") : target;
      byMailbox.computeIfAbsent(mailbox, m -> new ArrayList<>()).add(row);
    }
    return byMailbox;
  }

  private int look(String mailbox, Set<UUID> doubted, long until) throws StoreException {
    if (doubted.isEmpty()) {
      return 0;
    }
    // An EXPUNGE whose server died has its rows still, and nobody would tell of them again.
    leftovers.finish(mailbox);
    List<UUID> absent = List.copyOf(absent(mailbox, doubted));
    List<UUID> free = release(mailbox, absent, until);
    Bodies.delete(cql, free);
    return free.size();
  }

  /** Bodies that a mailbox does not refer to, nor what is on its way home. */
  private Set<UUID> absent(String mailbox, Set<UUID> doubted) throws StoreException {
    Set<UUID> absent = new HashSet<>(doubted);
    Row head =
        cql.decided("SELECT DISTINCT " + Box.COLUMNS + " FROM mailbox WHERE id = ?", mailbox);
    if (head != null && head.getUuid("stamp") != null) {
      Box box = new Box(mailbox, head);
      for (Bucket bucket : box.buckets) {
        for (Row row : cql.all("SELECT body FROM bucket WHERE id = ?", bucket.id())) {
          absent.remove(row.getUuid("body"));
        }
      }
    }
    messages.each(
        "n, body",
        mailbox,
        UidSet.range(1, UidSet.MAX_UID),
        row -> absent.remove(row.getUuid("body")));
    return absent;
  }

  /**
   * Gives those for which no reason is left. Reasons that are younger may belong to a message that
   * is just coming.
   */
  private List<UUID> release(String mailbox, List<UUID> bodies, long until) throws StoreException {
    List<BoundStatement> reads = new ArrayList<>();
    for (UUID body : bodies) {
      reads.add(cql.bind("SELECT id, mailbox, reason FROM body WHERE id = ?", body));
    }
    Set<UUID> left = new HashSet<>();
    List<BoundStatement> writes = new ArrayList<>();
    for (Row row : cql.allOf(reads)) {
      UUID body = row.getUuid("id");
      UUID reason = row.getUuid("reason");
      if (body == null || reason == null) {
        continue;
      }
      if (mailbox.equals(row.getString("mailbox")) && Uuids.unixTimestamp(reason) < until) {
        writes.add(
            cql.bind(
                "DELETE FROM body WHERE id = ? AND mailbox = ? AND reason = ?",
                body,
                mailbox,
                reason));
      } else {
        left.add(body);
      }
    }
    cql.writeAll(writes);
    List<UUID> free = new ArrayList<>();
    for (UUID body : bodies) {
      if (!left.contains(body)) {
        free.add(body);
      }
    }
    return free;
  }
}
