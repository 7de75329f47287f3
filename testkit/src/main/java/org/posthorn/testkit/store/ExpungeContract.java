package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthorn.store.MailboxName.INBOX;
import static org.posthorn.testkit.store.TestedStore.ALL;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthorn.store.Expunged;
import org.posthorn.store.Flags;
import org.posthorn.store.Mailbox;
import org.posthorn.store.Snapshot;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** EXPUNGE and removal. */
public interface ExpungeContract extends ContractPart {
  @Test
  default void expungeTakesThoseMarkedAsDeleted() throws Exception {
    long kept = tested().append(INBOX);
    UidSet marked =
        tested().append(INBOX, Flags.of(SystemFlag.DELETED), "a\r\n\r\n", "b\r\n\r\n").uids();
    Mailbox inbox = tested().open(INBOX);
    Snapshot before = inbox.snapshot();
    Expunged expunged = inbox.expungeDeleted(ALL);
    assertEquals(marked, expunged.uids());
    assertTrue(expunged.modSeq() > before.highestModSeq());
    Snapshot after = inbox.snapshot();
    assertEquals(UidSet.of(kept), after.uids());
    assertEquals(expunged.modSeq(), after.highestModSeq());
    assertEquals(before.uidNext(), after.uidNext());
  }

  @Test
  default void expungeTakesOnlyThoseNamed() throws Exception {
    UidSet marked =
        tested()
            .append(INBOX, Flags.of(SystemFlag.DELETED), "a\r\n\r\n", "b\r\n\r\n", "c\r\n\r\n")
            .uids();
    Mailbox inbox = tested().open(INBOX);
    UidSet named = UidSet.of(marked.nth(0), marked.nth(2), 4_000_000_000L);
    assertEquals(UidSet.of(marked.nth(0), marked.nth(2)), inbox.expungeDeleted(named).uids());
    assertEquals(UidSet.of(marked.nth(1)), inbox.snapshot().uids());
  }

  @Test
  default void expungeOfNothingChangesNothing() throws Exception {
    tested().append(INBOX);
    Mailbox inbox = tested().open(INBOX);
    Snapshot before = inbox.snapshot();
    Expunged expunged = inbox.expungeDeleted(ALL);
    assertTrue(expunged.uids().isEmpty());
    assertEquals(before.highestModSeq(), expunged.modSeq());
    assertTrue(inbox.remove(UidSet.of(4_000_000_000L)).uids().isEmpty());
    assertTrue(inbox.remove(UidSet.EMPTY).uids().isEmpty());
    assertEquals(before, inbox.snapshot());
  }

  @Test
  default void removeTakesMessagesWhateverTheirFlags() throws Exception {
    UidSet uids = tested().append(INBOX, Flags.NONE, "a\r\n\r\n", "b\r\n\r\n").uids();
    Mailbox inbox = tested().open(INBOX);
    assertEquals(uids, inbox.remove(ALL).uids());
    assertTrue(inbox.snapshot().uids().isEmpty());
    assertEquals(0, inbox.snapshot().firstUnseenUid());
  }

  @Test
  default void aUidIsNeverUsedTwice() throws Exception {
    Mailbox inbox = tested().open(INBOX);
    Set<Long> used = new HashSet<>();
    long last = 0;
    for (int i = 0; i < 20; i++) {
      long uid = tested().append(INBOX);
      assertTrue(used.add(uid) && uid > last, "UID " + uid);
      last = uid;
      inbox.remove(UidSet.of(uid));
    }
  }

  @Test
  default void aSnapshotStaysAsItWas() throws Exception {
    Mailbox mailbox = tested().filled("box", 300);
    Snapshot before = mailbox.snapshot();
    UidSet uids = UidSet.parse(before.uids().toString());
    mailbox.remove(uids.slice(10, 200));
    tested().append(before.info().name());
    assertEquals(uids, before.uids());
    assertEquals(300 - 190 + 1, mailbox.snapshot().uids().size());
  }
}
