package org.posthorn.store.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthorn.store.MailboxName.INBOX;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;
import org.posthorn.testkit.SetClock;

class MemoryStoreTest {
  private final SetClock clock = new SetClock();
  private final MemoryStore store =
      MemoryStore.builder().clock(clock).lease(Duration.ofMinutes(10)).build();

  private Account alice() throws StoreException {
    store.createAccount("alice");
    return store.open(Identity.owner("alice"));
  }

  @Test
  void anIdleHolderLosesItsLeaseToWhoAsks() throws Exception {
    Account account = alice();
    Mailbox first = account.open(INBOX, Access.EXCLUSIVE);
    clock.forward(Duration.ofMinutes(9));
    first.snapshot();
    clock.forward(Duration.ofMinutes(9));
    assertRefused(Code.IN_USE, () -> account.open(INBOX, Access.EXCLUSIVE));
    clock.forward(Duration.ofMinutes(2));
    Mailbox second = account.open(INBOX, Access.EXCLUSIVE);
    assertRefused(Code.IN_USE, first::snapshot);
    first.close();
    second.snapshot();
    assertRefused(Code.IN_USE, () -> account.open(INBOX, Access.EXCLUSIVE));
  }

  @Test
  void anIdleHolderKeepsItsLeaseWhenNobodyAsks() throws Exception {
    Mailbox holder = alice().open(INBOX, Access.EXCLUSIVE);
    clock.forward(Duration.ofDays(1));
    assertTrue(holder.snapshot().uids().isEmpty());
  }

  private static void assertRefused(Code code, Executable action) {
    assertEquals(code, assertThrows(StoreException.class, action).code());
  }

  @Test
  void countsOctetsUntilTheLastHolderLetsGo() throws Exception {
    Account account = alice();
    account.create(MailboxName.of("other"), Set.of());
    long uid = Messages.append(account, INBOX, "12345");
    Mailbox inbox = account.open(INBOX, Access.WRITE);
    MessageContent reader = inbox.content(uid);
    inbox.copy(UidSet.of(uid), MailboxName.of("other"));
    assertEquals(5, store.bodyOctets());
    inbox.remove(UidSet.of(uid));
    account.delete(MailboxName.of("other"));
    assertEquals(5, store.bodyOctets());
    reader.close();
    reader.close();
    assertEquals(0, store.bodyOctets());
  }

  /** Staged ones as well; a group that is given up lets go of its part only. */
  @Test
  void countsOctetsOnceForAllAccounts() throws Exception {
    Account alice = alice();
    store.createAccount("bob");
    Account bob = store.open(Identity.owner("bob"));
    AppendGroup first = alice.beginAppend(INBOX, Optional.empty());
    IndexingAppend append = new IndexingAppend(first.next(AppendSpec.plain()));
    append.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5}));
    MessageIndex index = append.end();
    AppendGroup second = bob.beginAppend(INBOX, Optional.empty());
    try (MessageContent content = append.content().orElseThrow()) {
      second.nextLike(AppendSpec.plain(), content, index);
    }
    first.close();
    assertEquals(5, store.bodyOctets());
    long uid = second.commit().uids().first();
    try (Mailbox inbox = bob.open(INBOX, Access.WRITE);
        MessageContent content = inbox.content(uid)) {
      try (AppendGroup third = alice.beginAppend(INBOX, Optional.empty())) {
        third.nextLike(AppendSpec.plain(), content, index);
        third.commit();
      }
      inbox.remove(UidSet.of(uid));
    }
    assertEquals(5, store.bodyOctets());
    store.facet(AccountDirectory.class).orElseThrow().delete("alice");
    assertEquals(0, store.bodyOctets());
  }

  @Test
  void givesStagedOctetsBack() throws Exception {
    Account account = alice();
    AppendGroup group = account.beginAppend(INBOX, Optional.empty());
    group.next(AppendSpec.plain()).write(ByteBuffer.allocate(100_000));
    assertEquals(100_000, store.bodyOctets());
    group.close();
    group.close();
    assertEquals(0, store.bodyOctets());
    assertThrows(IllegalStateException.class, () -> group.next(AppendSpec.plain()));
    assertThrows(IllegalStateException.class, group::commit);
  }

  @Test
  void letsGoOfTheMailOfADeletedAccount() throws Exception {
    Messages.append(alice(), INBOX, "12345");
    AccountDirectory directory = store.facet(AccountDirectory.class).orElseThrow();
    assertTrue(directory.delete("alice"));
    assertEquals(0, store.bodyOctets());
  }

  @Test
  void takesDatesFromItsClock() throws Exception {
    Account account = alice();
    long uid = Messages.append(account, INBOX, "x");
    Row row =
        account
            .open(INBOX, Access.READ)
            .list(UidSet.of(uid), PageLimit.DEFAULT, Set.of(Item.INTERNAL_DATE, Item.SAVE_DATE))
            .rows()
            .get(0);
    assertEquals(clock.instant(), row.saveDate());
    assertEquals(clock.instant().atOffset(ZoneOffset.UTC), row.internalDate());
    assertEquals(
        clock.instant().getEpochSecond(),
        account.open(INBOX, Access.READ).snapshot().info().uidValidity());
  }

  @Test
  void refusesSpecialUsesThatNeedASearch() throws Exception {
    Account account = alice();
    assertRefused(
        Code.USE_ATTRIBUTE, () -> account.create(MailboxName.of("all"), Set.of(SpecialUse.ALL)));
  }

  @Test
  void readsCostNoMoreThanACopy() throws Exception {
    Account account = alice();
    long uid = Messages.append(account, INBOX, "x");
    try (MessageContent content = account.open(INBOX, Access.READ).content(uid)) {
      assertTrue(content.inMemory());
    }
  }

  @Test
  void opensTheAccountsItWasMadeWith() throws Exception {
    try (MemoryStore made = MemoryStore.withAccounts("a", "b")) {
      assertEquals("b", made.open(Identity.owner("b")).identity().account());
    }
  }
}
