package org.posthorn.store.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.posthorn.store.MailboxName.INBOX;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Cursor;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StatusItem;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** What one message costs in a mailbox of a million. */
class LargeMailboxTest {
  private static final int MESSAGES = 1_000_000;
  private static final int ROUNDS = 5_000;
  private static final UidSet ALL = UidSet.range(1, UidSet.MAX_UID);

  @Test
  void oneMessageDoesNotPayForAMillion() throws Exception {
    Account account = MemoryStore.withAccounts("alice").open(Identity.owner("alice"));
    Mailbox inbox = account.open(INBOX, Access.WRITE);
    Messages.append(account, INBOX, "Subject: x\r\n\r\n");
    for (int there = 1; there < MESSAGES; there = (int) inbox.snapshot().uids().size()) {
      inbox.copy(inbox.snapshot().uids().slice(0, Math.min(there, MESSAGES - there)), INBOX);
    }
    assertEquals(MESSAGES, inbox.snapshot().uids().size());
    // A walk over all messages takes milliseconds; here are some 40,000 operations.
    assertTimeout(Duration.ofSeconds(20), () -> oneByOne(account, inbox));
  }

  private static void oneByOne(Account account, Mailbox inbox) throws Exception {
    Snapshot cut = inbox.snapshot();
    for (int i = 1; i <= ROUNDS; i++) {
      UidSet one = UidSet.of(cut.uids().nth(i * 97L));
      FlagChange delete = FlagChange.add(Flags.of(SystemFlag.DELETED));
      assertEquals(1, inbox.list(one, PageLimit.DEFAULT, Set.of(Item.SIZE)).rows().size());
      assertEquals(one, inbox.storeFlags(one, delete, OptionalLong.empty()).changed());
      assertEquals(1, account.status(INBOX, Set.of(StatusItem.DELETED)).get(StatusItem.DELETED));
      assertEquals(one, inbox.expungeDeleted(ALL).uids());
      Messages.append(account, INBOX, "x");
      Cursor before = cut.cursor();
      cut = account.open(INBOX, Access.WRITE).snapshot();
      assertEquals(MESSAGES, cut.uids().size());
      assertEquals(one, inbox.changesSince(before, PageLimit.DEFAULT).vanished());
    }
  }
}
