package org.posthorn.store.memory;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import org.posthorn.store.Flags;
import org.posthorn.store.Item;
import org.posthorn.store.Row;
import org.posthorn.store.SystemFlag;

/** A message in a mailbox. Guarded by the lock of its account. */
final class Message {
  final long uid;
  final Body body;
  final Threads.Discussion thread;
  final OffsetDateTime internalDate;
  final Instant saveDate;
  private long modSeq;
  private Flags flags;

  Message(
      long uid,
      long modSeq,
      Flags flags,
      Body body,
      Threads.Discussion thread,
      OffsetDateTime internalDate,
      Instant saveDate) {
    this.uid = uid;
    this.modSeq = modSeq;
    this.flags = flags;
    this.body = body;
    this.thread = thread;
    this.internalDate = internalDate;
    this.saveDate = saveDate;
  }

  long modSeq() {
    return modSeq;
  }

  Flags flags() {
    return flags;
  }

  void change(Flags newFlags, long newModSeq) {
    flags = newFlags;
    modSeq = newModSeq;
  }

  boolean seen() {
    return flags.has(SystemFlag.SEEN);
  }

  boolean deleted() {
    return flags.has(SystemFlag.DELETED);
  }

  Row row(Set<Item> items) {
    return items.isEmpty()
        ? Row.of(uid, modSeq, flags)
        : new Row(
            uid,
            modSeq,
            flags,
            items.contains(Item.SIZE) ? body.size() : -1,
            items.contains(Item.INTERNAL_DATE) ? internalDate : null,
            items.contains(Item.SAVE_DATE) ? saveDate : null,
            items.contains(Item.IDS) ? body.emailId() : null,
            items.contains(Item.IDS) ? thread.id() : null,
            items.contains(Item.INDEX) ? body.index() : null);
  }
}
