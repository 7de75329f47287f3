package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.NavigableMap;
import java.util.TreeMap;
import org.posthorn.store.Changes;
import org.posthorn.store.Cursor;
import org.posthorn.store.Flags;
import org.posthorn.store.Mailbox;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.Snapshot;

/** Knows a mailbox from its change feed alone, as a session does. */
final class Follower {
  private final Mailbox mailbox;
  private final NavigableMap<Long, Flags> known = new TreeMap<>();
  private Cursor at = new Cursor(0, 0);

  Follower(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  /** Reads pages of that many rows until there are no more. */
  void catchUp(int rows) throws Exception {
    boolean more = true;
    while (more) {
      Changes page = mailbox.changesSince(at, new PageLimit(rows, 1 << 20));
      assertFalse(page.mailboxGone());
      assertTrue(page.changed().size() <= rows);
      Cursor last = at;
      for (Row row : page.changed()) {
        assertTrue(last.isBefore(row.modSeq(), row.uid()), "out of order");
        last = new Cursor(row.modSeq(), row.uid());
        known.put(row.uid(), row.flags());
      }
      page.vanished().forEachUid(known::remove);
      if (page.historyLost()) {
        Snapshot cut = mailbox.snapshot();
        known.keySet().removeIf(uid -> !cut.uids().contains(uid));
      }
      at = page.next();
      more = page.more();
    }
  }

  void assertKnows(ModelMailbox model) {
    assertEquals(model.uids(), ModelMailbox.uids(known.keySet()));
    model.messages.forEach((uid, message) -> assertEquals(message.flags(), known.get(uid)));
  }
}
