package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * Bodies to which a mailbox is about to refer: the reasons that keep them, and notes that have the
 * collector look whether it came to that. The notes come first, so that nothing is left behind by
 * whoever dies. Both are made anew while a call takes long. Not thread-safe.
 */
final class Claim {
  private final Cql cql;
  private final Settings settings;
  private final String mailbox;
  private final Set<UUID> bodies = new LinkedHashSet<>();
  private final List<UUID> notes = new ArrayList<>();

  /** Whence the bodies come by a MOVE, which the collector finishes before it looks. */
  private @Nullable String source;

  private long move;

  /** When the oldest note was written. */
  private long since;

  Claim(Cql cql, Settings settings, String mailbox) {
    this.cql = cql;
    this.settings = settings;
    this.mailbox = mailbox;
  }

  /** These as well; to be called before their first octet is written. */
  void add(Collection<UUID> more) throws StoreException {
    List<UUID> fresh = new ArrayList<>();
    for (UUID body : more) {
      if (!bodies.contains(body)) {
        fresh.add(body);
      }
    }
    if (bodies.isEmpty()) {
      since = settings.millis();
    }
    write(fresh);
    // Not before: where it failed it is tried again.
    bodies.addAll(fresh);
  }

  private void write(List<UUID> some) throws StoreException {
    List<BoundStatement> statements = new ArrayList<>();
    for (int at = 0; at < some.size(); at += Bodies.TOGETHER) {
      UUID note = Uuids.timeBased();
      notes.add(note);
      statements.add(note(note, some.subList(at, Math.min(some.size(), at + Bodies.TOGETHER))));
    }
    cql.writeAll(statements);
    statements.clear();
    UUID reason = Uuids.timeBased();
    for (UUID body : some) {
      statements.add(Bodies.reason(cql, body, mailbox, reason));
    }
    cql.writeAll(statements);
  }

  private BoundStatement note(UUID at, List<UUID> some) throws StoreException {
    return source == null
        ? Bodies.doubt(cql, mailbox, some, at)
        : cql.bind(
            "INSERT INTO garbage (slot, at, mailbox, move, target, bodies)"
                + " VALUES (?, ?, ?, ?, ?, ?)",
            Collector.slot(source),
            at,
            source,
            move,
            mailbox,
            Bodies.encode(some));
  }

  /** To be called before a MOVE is decided that brings these bodies. */
  void comeBy(String from, long number) throws StoreException {
    List<BoundStatement> old = forgetNotes();
    source = from;
    move = number;
    if (!bodies.isEmpty()) {
      since = settings.millis();
      write(List.copyOf(bodies));
      cql.writeAll(old);
    }
  }

  /**
   * To be called while it takes long, and before the mailbox refers to the bodies: the collector
   * takes what is old for forgotten.
   *
   * @throws StoreException UNAVAILABLE where it took so long that it may be at them
   */
  void hold() throws StoreException {
    long life = settings.freeAfter().toMillis();
    long now = settings.millis();
    if (bodies.isEmpty() || now - since <= life / 4) {
      return;
    }
    if (now - since > life / 4 * 3) {
      throw new StoreException(Code.UNAVAILABLE, "the message was left lying for too long");
    }
    List<BoundStatement> old = forgetNotes();
    write(List.copyOf(bodies));
    since = now;
    old.forEach(cql::hand);
  }

  private List<BoundStatement> forgetNotes() throws StoreException {
    List<BoundStatement> deletes = new ArrayList<>();
    for (UUID note : notes) {
      deletes.add(Bodies.certain(cql, source == null ? mailbox : source, note));
    }
    notes.clear();
    return deletes;
  }

  /** The mailbox refers to all of them, or needs none: the collector need not look. */
  void settled() throws StoreException {
    forgetNotes().forEach(cql::hand);
    bodies.clear();
  }

  /** As settled, where the mailbox refers to these alone; the collector frees the others. */
  void settled(Collection<UUID> referred) throws StoreException {
    if (new HashSet<>(referred).containsAll(bodies)) {
      settled();
    }
  }
}
