package org.posthorn.store.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthorn.store.MailboxName.INBOX;

import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Changes;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.ListQuery;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

class MemoryLimitsTest {
  private static Account account(UnaryOperator<MemoryLimits> limits) throws StoreException {
    MemoryStore store = MemoryStore.builder().limits(limits.apply(MemoryLimits.DEFAULTS)).build();
    store.createAccount("alice");
    return store.open(Identity.owner("alice"));
  }

  private static void assertRefused(Code code, Executable action) {
    assertEquals(code, assertThrows(StoreException.class, action).code());
  }

  @Test
  void boundsTheOctetsOfAllBodies() throws Exception {
    Account account = account(limits -> limits.withBodyOctets(10));
    long uid = Messages.append(account, INBOX, "12345678");
    assertRefused(Code.NO_SPACE, () -> Messages.append(account, INBOX, "123"));
    Messages.append(account, INBOX, "12");
    Mailbox inbox = account.open(INBOX, Access.WRITE);
    inbox.copy(UidSet.of(uid), INBOX);
    inbox.remove(UidSet.of(uid));
    assertRefused(Code.NO_SPACE, () -> Messages.append(account, INBOX, "1"));
    inbox.remove(inbox.snapshot().uids());
    Messages.append(account, INBOX, "1234567890");
  }

  @Test
  void boundsTheOctetsOfAMessage() throws Exception {
    Account account = account(limits -> limits.withMessageOctets(10));
    Messages.append(account, INBOX, "1234567890");
    assertRefused(Code.TOO_BIG, () -> Messages.append(account, INBOX, "12345678901"));
  }

  @Test
  void boundsMailboxes() throws Exception {
    Account account = account(limits -> limits.withMailboxes(3));
    account.create(MailboxName.parse("a"), Set.of());
    assertRefused(Code.LIMIT, () -> account.create(MailboxName.parse("b/c"), Set.of()));
    assertRefused(
        Code.LIMIT, () -> account.rename(MailboxName.of("a"), MailboxName.parse("x/y/a")));
    account.create(MailboxName.parse("b"), Set.of());
    assertRefused(Code.LIMIT, () -> account.rename(INBOX, MailboxName.of("c")));
    assertEquals(3, account.list(ListQuery.ALL).size());
  }

  @Test
  void boundsSubscriptions() throws Exception {
    Account account = account(limits -> limits.withSubscriptions(1));
    account.subscribe(INBOX);
    account.subscribe(INBOX);
    assertRefused(Code.LIMIT, () -> account.subscribe(MailboxName.of("a")));
    account.unsubscribe(INBOX);
    account.subscribe(MailboxName.of("a"));
  }

  @Test
  void boundsKeywords() throws Exception {
    Account account = account(limits -> limits.withKeywords(2));
    Flags two = Flags.NONE.withKeyword("a").withKeyword("b");
    Messages.append(account, INBOX, "x", two);
    Flags third = Flags.NONE.withKeyword("c");
    assertRefused(Code.LIMIT, () -> Messages.append(account, INBOX, "x", third));
    Mailbox inbox = account.open(INBOX, Access.WRITE);
    Snapshot before = inbox.snapshot();
    assertRefused(
        Code.LIMIT,
        () -> inbox.storeFlags(before.uids(), FlagChange.add(third), OptionalLong.empty()));
    inbox.storeFlags(before.uids(), FlagChange.remove(third), OptionalLong.empty());
    assertEquals(before, inbox.snapshot());
  }

  @Test
  void boundsTheHistoryOfVanishedMessages() throws Exception {
    Account account = account(limits -> limits.withVanishedRanges(2));
    Mailbox inbox = account.open(INBOX, Access.WRITE);
    for (int i = 0; i < 8; i++) {
      Messages.append(account, INBOX, "x");
    }
    Snapshot first = inbox.snapshot();
    inbox.remove(UidSet.of(1));
    Snapshot second = inbox.snapshot();
    inbox.remove(UidSet.of(3));
    inbox.remove(UidSet.of(5));
    inbox.storeFlags(
        UidSet.of(2), FlagChange.add(Flags.NONE.withKeyword("a")), OptionalLong.empty());
    Changes lost = inbox.changesSince(first.cursor(), PageLimit.DEFAULT);
    assertTrue(lost.historyLost());
    assertEquals(1, lost.changed().size());
    Changes known = inbox.changesSince(second.cursor(), PageLimit.DEFAULT);
    assertFalse(known.historyLost());
    assertEquals(UidSet.of(3, 5), known.vanished());
  }

  @Test
  void boundsTheHistoryOfAnAccount() throws Exception {
    Account account = account(limits -> limits.withAccountChanges(2));
    long start = account.changesSince(0, 10).nextSeq();
    for (String name : new String[] {"a", "b", "c"}) {
      account.create(MailboxName.of(name), Set.of());
    }
    assertTrue(account.changesSince(start, 10).historyLost());
    assertFalse(account.changesSince(start + 1, 10).historyLost());
    assertEquals(2, account.changesSince(start + 1, 10).changes().size());
    assertEquals(start + 3, account.changesSince(start, 10).nextSeq());
  }

  @Test
  void refusesNegativeLimits() {
    MemoryLimits limits = MemoryLimits.DEFAULTS;
    assertThrows(IllegalArgumentException.class, () -> limits.withBodyOctets(-1));
    assertThrows(IllegalArgumentException.class, () -> limits.withMailboxes(0));
  }
}
