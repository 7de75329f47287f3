package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.posthorn.store.Changes;
import org.posthorn.store.Cursor;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.Mailbox;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** Somebody else changes messages between the read of the head and that of the rows. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
@Tag("long")
class ChangeFeedTest extends TwoServers {
  private static final FlagChange FLAGGED = FlagChange.add(Flags.of(SystemFlag.FLAGGED));

  private Mailbox inbox;
  private String id;

  @BeforeEach
  void deliver() throws StoreException {
    append(here, INBOX, "a\r\n\r\n", "b\r\n\r\n");
    inbox = open(here, INBOX);
    id = inbox.info().id().value();
  }

  /** What a server tells that has read this head. */
  private Changes since(Box head, Cursor from, int rows) throws StoreException {
    AccountMail.Parts parts = there.parts();
    return new ChangeFeed(
            parts.messages(), parts.history(), parts.cuts().orders, head, inbox.info())
        .since(from, new PageLimit(rows, 1 << 20));
  }

  private static UidSet uids(Changes changes) {
    UidSet.Builder uids = UidSet.builder();
    changes.changed().forEach(row -> uids.add(row.uid()));
    return uids.build();
  }

  @Test
  void anArrivalThatIsFlaggedMeanwhileIsToldWithTheOthers() throws Exception {
    Cursor before = inbox.snapshot().cursor();
    append(here, INBOX, "c\r\n\r\n", "d\r\n\r\n");
    Box head = there.parts().boxes().decided(id);
    inbox.storeFlags(UidSet.of(3), FLAGGED, OptionalLong.empty());
    Changes changes = since(head, before, 100);
    assertEquals(UidSet.range(3, 4), uids(changes));
    assertFalse(changes.more());
    for (Row row : changes.changed()) {
      assertEquals(head.modSeq, row.modSeq());
    }
    Changes then = since(there.parts().boxes().decided(id), changes.next(), 100);
    assertEquals(UidSet.of(3), uids(then));
    assertEquals(head.modSeq + 1, then.changed().get(0).modSeq());
  }

  @Test
  void itIsToldOnceInAPage() throws Exception {
    Cursor before = inbox.snapshot().cursor();
    append(here, INBOX, "c\r\n\r\n", "d\r\n\r\n");
    inbox.storeFlags(UidSet.of(3), FLAGGED, OptionalLong.empty());
    Box head = there.parts().boxes().decided(id);
    inbox.storeFlags(UidSet.of(3), FlagChange.add(Flags.of(SystemFlag.SEEN)), OptionalLong.empty());
    Changes changes = since(head, before, 100);
    assertEquals(UidSet.range(3, 4), uids(changes));
    assertEquals(2, changes.changed().size());
    assertEquals(head.modSeq, changes.changed().get(1).modSeq());
  }

  /** Page by page, each with the head of its time; somebody flags a message after each. */
  @Test
  void whereHistoryIsLostAllAreToldThoughTheyChangeMeanwhile() throws Exception {
    for (int i = 0; i < 5; i++) {
      append(here, INBOX, "more\r\n\r\n");
    }
    here.parts()
        .boxes()
        .change(
            id,
            draft -> {
              draft.modSeq();
              draft.trim(draft.before.modSeq);
              return true;
            });
    Box head = there.parts().boxes().decided(id);
    inbox.storeFlags(UidSet.of(1), FLAGGED, OptionalLong.empty());
    Changes page = since(head, Cursor.after(1), 2);
    assertTrue(page.historyLost());
    List<Row> told = new ArrayList<>(page.changed());
    long flagged = 2;
    while (page.more()) {
      Cursor last = page.next();
      if (flagged <= 7) {
        inbox.storeFlags(UidSet.of(flagged++), FLAGGED, OptionalLong.empty());
      }
      page = since(there.parts().boxes().decided(id), last, 2);
      for (Row row : page.changed()) {
        assertTrue(last.isBefore(row.modSeq(), row.uid()), "out of order: " + row);
        last = new Cursor(row.modSeq(), row.uid());
        told.add(row);
      }
    }
    UidSet.Builder uids = UidSet.builder();
    for (Row row : told) {
      uids.add(row.uid());
    }
    assertEquals(UidSet.range(1, 7), uids.build());
    Row first = told.stream().filter(row -> row.uid() == 1).reduce((a, b) -> b).orElseThrow();
    assertTrue(first.flags().has(SystemFlag.FLAGGED));
  }

  /** A mailbox is read once for all pages. */
  @Test
  void whereHistoryIsLostNotAllIsReadForEachPage() throws Exception {
    for (int i = 0; i < 4; i++) {
      inbox.copy(inbox.snapshot().uids(), INBOX);
    }
    here.parts()
        .boxes()
        .change(
            id,
            draft -> {
              draft.modSeq();
              draft.trim(draft.before.modSeq);
              return true;
            });
    Box head = there.parts().boxes().decided(id);
    Changes page = since(head, Cursor.after(1), 5);
    Orders.Order order = there.parts().cuts().orders.of(head, Cursor.after(1));
    long told = page.changed().size();
    while (page.more()) {
      page = since(head, page.next(), 5);
      told += page.changed().size();
    }
    assertEquals(32, told);
    assertEquals(order, there.parts().cuts().orders.of(head, Cursor.after(1)));
  }
}
