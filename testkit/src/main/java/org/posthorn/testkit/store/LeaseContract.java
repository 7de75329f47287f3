package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.posthorn.store.MailboxName.INBOX;
import static org.posthorn.testkit.store.TestedStore.ALL;
import static org.posthorn.testkit.store.TestedStore.assertRefused;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.posthorn.store.Access;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.SystemFlag;

/** READ, WRITE and EXCLUSIVE. */
public interface LeaseContract extends ContractPart {
  @Test
  default void onlyOneHasAMailboxExclusive() throws Exception {
    Mailbox holder = tested().open(INBOX, Access.EXCLUSIVE);
    assertEquals(Access.EXCLUSIVE, holder.access());
    assertRefused(Code.IN_USE, () -> tested().open(INBOX, Access.EXCLUSIVE));
    holder.close();
    tested().open(INBOX, Access.EXCLUSIVE).close();
  }

  @Test
  default void exclusiveKeepsNobodyElseOut() throws Exception {
    Mailbox holder = tested().open(INBOX, Access.EXCLUSIVE);
    long uid = tested().append(INBOX);
    assertEquals(1, tested().open(INBOX, Access.READ).snapshot().uids().size());
    FlagChange seen = FlagChange.add(Flags.of(SystemFlag.SEEN));
    tested().open(INBOX, Access.WRITE).storeFlags(ALL, seen, OptionalLong.empty());
    assertEquals(ALL.clamp(uid, uid), holder.remove(ALL).uids());
  }

  @Test
  default void anotherMailboxIsFree() throws Exception {
    MailboxName other = tested().create("other");
    tested().open(INBOX, Access.EXCLUSIVE);
    assertEquals(Access.EXCLUSIVE, tested().open(other, Access.EXCLUSIVE).access());
  }

  @Test
  default void readingDoesNotChange() throws Exception {
    tested().append(INBOX, Flags.of(SystemFlag.DELETED), "a\r\n\r\n");
    MailboxName other = tested().create("other");
    Mailbox inbox = tested().open(INBOX, Access.READ);
    Snapshot before = inbox.snapshot();
    FlagChange seen = FlagChange.add(Flags.of(SystemFlag.SEEN));
    assertRefused(Code.READ_ONLY, () -> inbox.storeFlags(ALL, seen, OptionalLong.empty()));
    assertRefused(Code.READ_ONLY, () -> inbox.expungeDeleted(ALL));
    assertRefused(Code.READ_ONLY, () -> inbox.remove(ALL));
    assertRefused(Code.READ_ONLY, () -> inbox.move(ALL, other));
    assertEquals(before, inbox.snapshot());
    assertEquals(1, inbox.copy(ALL, other).copies().size());
  }
}
