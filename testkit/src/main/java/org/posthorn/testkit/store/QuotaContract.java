package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.posthorn.store.MailboxName.INBOX;
import static org.posthorn.store.QuotaResource.MAILBOX;
import static org.posthorn.store.QuotaResource.MESSAGE;
import static org.posthorn.store.QuotaResource.STORAGE;
import static org.posthorn.testkit.store.TestedStore.ALICE;
import static org.posthorn.testkit.store.TestedStore.ALL;
import static org.posthorn.testkit.store.TestedStore.assertRefused;
import static org.posthorn.testkit.store.TestedStore.octets;
import static org.posthorn.testkit.store.TestedStore.write;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Append;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaPolicy;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.QuotaRoot;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.Quotas;
import org.posthorn.store.Replaced;
import org.posthorn.store.Role;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** Quotas (RFC 9208), where the store has the facet. */
public interface QuotaContract extends ContractPart {
  /** Accounts whose names begin with {@code member-} share a root of 3 messages. */
  QuotaPolicy POLICY =
      new QuotaPolicy() {
        @Override
        public List<String> sharedRoots(String account) {
          return account.startsWith("member-") ? List.of(GROUP) : List.of();
        }

        @Override
        public QuotaLimits shared(String root) {
          return QuotaLimits.UNLIMITED.with(MESSAGE, 3);
        }
      };

  String GROUP = "group";
  String ROOT = QuotaRoot.ofAccount(ALICE);
  Identity ADMIN = new Identity(ALICE, "postmaster", Role.ADMIN);
  String HUNDRED = "Subject: x\r\n\r\n" + "x".repeat(86);

  private Quotas quotas() {
    Optional<Quotas> quotas = tested().store().facet(Quotas.class);
    assumeTrue(quotas.isPresent(), "the store has no Quotas");
    return quotas.orElseThrow();
  }

  private Quotas limited(QuotaResource resource, long limit) throws StoreException {
    Quotas quotas = quotas();
    quotas.setLimits(ADMIN, ROOT, QuotaLimits.UNLIMITED.with(resource, limit));
    return quotas;
  }

  private QuotaUse used() throws StoreException {
    return quotas().root(ADMIN, ROOT).used();
  }

  @Test
  default void aNewAccountUsesOneMailbox() throws Exception {
    assertEquals(new QuotaUse(0, 0, 1), quotas().root(Identity.owner(ALICE), ROOT).used());
    assertEquals(List.of(ROOT), quotas().rootsOf(Identity.owner(ALICE), INBOX));
    assertEquals(
        List.of(ROOT), quotas().rootsOf(Identity.owner(ALICE), MailboxName.of("not", "there")));
  }

  @Test
  default void everyCopyCounts() throws Exception {
    quotas();
    MailboxName box = tested().create("box");
    tested().append(INBOX, Flags.NONE, HUNDRED, HUNDRED);
    Mailbox inbox = tested().open(INBOX);
    assertEquals(new QuotaUse(200, 2, 2), used());
    inbox.copy(ALL, box);
    assertEquals(new QuotaUse(400, 4, 2), used());
    inbox.move(UidSet.of(1), box);
    assertEquals(new QuotaUse(400, 4, 2), used());
    inbox.remove(ALL);
    assertEquals(new QuotaUse(300, 3, 2), used());
    tested()
        .open(box)
        .storeFlags(
            UidSet.of(1), FlagChange.add(Flags.of(SystemFlag.DELETED)), OptionalLong.empty());
    tested().open(box).expungeDeleted(ALL);
    assertEquals(new QuotaUse(200, 2, 2), used());
    tested().account().delete(box);
    assertEquals(new QuotaUse(0, 0, 1), used());
    assertEquals(QuotaUse.NONE, quotas().recount(ALICE));
  }

  @Test
  default void aMessageThatWouldNotFitIsRefusedBeforeItsFirstOctet() throws Exception {
    limited(STORAGE, 150);
    tested().append(INBOX, Flags.NONE, HUNDRED);
    try (AppendGroup group = tested().beginAppend(INBOX)) {
      assertRefused(Code.OVER_QUOTA, () -> group.next(AppendSpec.plain().withSize(51)));
      write(group, AppendSpec.plain().withSize(50), octets(HUNDRED.substring(0, 50)));
      group.commit();
    }
    assertEquals(new QuotaUse(150, 2, 1), used());
  }

  @Test
  default void aMessageOfUnknownSizeIsRefusedAtTheCommitAtTheLatest() throws Exception {
    limited(STORAGE, 150);
    tested().append(INBOX, Flags.NONE, HUNDRED);
    assertRefused(
        Code.OVER_QUOTA,
        () -> {
          try (AppendGroup group = tested().beginAppend(INBOX)) {
            write(group, AppendSpec.plain(), octets(HUNDRED));
            group.commit();
          }
        });
    assertEquals(new QuotaUse(100, 1, 1), used());
    assertEquals(UidSet.of(1), tested().open(INBOX).snapshot().uids());
  }

  @Test
  default void aGroupIsCountedAsAWhole() throws Exception {
    limited(MESSAGE, 3);
    tested().append(INBOX, Flags.NONE, HUNDRED);
    assertRefused(
        Code.OVER_QUOTA, () -> tested().append(INBOX, Flags.NONE, HUNDRED, HUNDRED, HUNDRED));
    tested().append(INBOX, Flags.NONE, HUNDRED, HUNDRED);
    assertEquals(new QuotaUse(300, 3, 1), used());
  }

  @Test
  default void copiesThatWouldNotFitAreRefusedAndMovesAreFree() throws Exception {
    MailboxName box = tested().create("box");
    limited(STORAGE, 250);
    tested().append(INBOX, Flags.NONE, HUNDRED, HUNDRED);
    Mailbox inbox = tested().open(INBOX);
    assertRefused(Code.OVER_QUOTA, () -> inbox.copy(UidSet.of(1), box));
    assertTrue(tested().open(box).snapshot().uids().isEmpty());
    inbox.move(ALL, box);
    assertEquals(2, tested().open(box).snapshot().uids().size());
  }

  @Test
  default void mailboxesThatWouldNotFitAreRefusedWithTheirSuperiors() throws Exception {
    limited(MAILBOX, 3);
    Account account = tested().account();
    assertRefused(Code.OVER_QUOTA, () -> tested().create("a/b/c"));
    tested().create("a/b");
    assertRefused(Code.OVER_QUOTA, () -> tested().create("d"));
    assertRefused(
        Code.OVER_QUOTA, () -> account.rename(MailboxName.of("a", "b"), MailboxName.of("x", "y")));
    assertRefused(Code.OVER_QUOTA, () -> account.rename(INBOX, MailboxName.of("old")));
    account.rename(MailboxName.of("a", "b"), MailboxName.of("b"));
    assertEquals(new QuotaUse(0, 0, 3), used());
    account.delete(MailboxName.of("b"));
    account.create(MailboxName.of("d"), Set.of());
    assertEquals(QuotaUse.NONE, quotas().recount(ALICE));
  }

  @Test
  default void whatShrinksIsNeverRefused() throws Exception {
    MailboxName box = tested().create("box");
    tested().append(INBOX, Flags.NONE, HUNDRED, HUNDRED);
    limited(STORAGE, 0);
    Mailbox inbox = tested().open(INBOX);
    try (AppendGroup group =
        tested().account().beginAppend(INBOX, Optional.of(new Replaced(inbox, 1)))) {
      write(group, AppendSpec.plain().withSize(60), octets(HUNDRED.substring(0, 60)));
      group.commit();
    }
    inbox.move(UidSet.of(2), box);
    tested().account().rename(box, MailboxName.of("other"));
    inbox.storeFlags(ALL, FlagChange.add(Flags.of(SystemFlag.SEEN)), OptionalLong.empty());
    assertEquals(new QuotaUse(160, 2, 2), used());
    assertRefused(Code.OVER_QUOTA, () -> tested().append(INBOX, Flags.NONE, HUNDRED));
    inbox.remove(ALL);
    assertEquals(new QuotaUse(100, 1, 2), used());
  }

  @Test
  default void limitsAreSetByTheAdministratorAsAWhole() throws Exception {
    Quotas quotas = quotas();
    Identity alice = Identity.owner(ALICE);
    assertRefused(Code.NO_PERMISSION, () -> quotas.setLimits(alice, ROOT, QuotaLimits.UNLIMITED));
    quotas.setLimits(ADMIN, ROOT, new QuotaLimits(Map.of(STORAGE, 1_000L, MESSAGE, 10L)));
    assertEquals(
        new QuotaLimits(Map.of(STORAGE, 1_000L, MESSAGE, 10L)), quotas.root(alice, ROOT).limits());
    quotas.setLimits(ADMIN, ROOT, new QuotaLimits(Map.of(MAILBOX, 5L)));
    assertEquals(new QuotaLimits(Map.of(MAILBOX, 5L)), quotas.root(alice, ROOT).limits());
  }

  @Test
  default void rootsOfOthersAreNotTold() throws Exception {
    Quotas quotas = quotas();
    tested().createAccount("bob");
    Identity bob = Identity.owner("bob");
    assertRefused(Code.NO_PERMISSION, () -> quotas.root(bob, ROOT));
    assertRefused(Code.NO_PERMISSION, () -> quotas.root(bob, GROUP));
    assertRefused(Code.NO_PERMISSION, () -> quotas.root(bob, QuotaRoot.ofAccount("nobody")));
    assertRefused(Code.NONEXISTENT, () -> quotas.root(ADMIN, QuotaRoot.ofAccount("nobody")));
  }

  @Test
  default void roomCanBeAskedForBeforeMailIsTaken() throws Exception {
    Quotas quotas = limited(STORAGE, 100);
    quotas.check(ALICE, QuotaUse.messages(1, 100));
    assertRefused(Code.OVER_QUOTA, () -> quotas.check(ALICE, QuotaUse.messages(1, 101)));
    assertRefused(Code.NONEXISTENT, () -> quotas.check("nobody", QuotaUse.messages(1, 1)));
  }

  @Test
  default void deliveryCountsAsWell() throws Exception {
    limited(STORAGE, 50);
    Account delivery = tested().keep(tested().store().open(Identity.delivery(ALICE)));
    try (AppendGroup group = delivery.beginAppend(INBOX, Optional.empty())) {
      assertRefused(Code.OVER_QUOTA, () -> group.next(AppendSpec.plain().withSize(51)));
    }
  }

  @Test
  default void anAppendThatWasGivenUpCountsNothing() throws Exception {
    limited(MESSAGE, 1);
    try (AppendGroup group = tested().beginAppend(INBOX)) {
      Append append = group.next(AppendSpec.plain());
      append.write(ByteBuffer.wrap(octets(HUNDRED)));
    }
    tested().append(INBOX, Flags.NONE, HUNDRED);
    assertEquals(new QuotaUse(100, 1, 1), used());
  }

  @Test
  default void limitsAndFiguresSurviveARestart() throws Exception {
    limited(MESSAGE, 2);
    tested().append(INBOX, Flags.NONE, HUNDRED);
    tested().reopen();
    assertEquals(new QuotaLimits(Map.of(MESSAGE, 2L)), quotas().root(ADMIN, ROOT).limits());
    assertEquals(new QuotaUse(100, 1, 1), used());
    tested().append(INBOX, Flags.NONE, HUNDRED);
    assertRefused(Code.OVER_QUOTA, () -> tested().append(INBOX, Flags.NONE, HUNDRED));
  }

  @Test
  default void aLimitHoldsWhateverHappensAtTheSameTime() throws Exception {
    limited(MESSAGE, 25);
    tested().create("box");
    AtomicInteger added = new AtomicInteger();
    try (Crew crew = new Crew()) {
      for (int i = 0; i < 3; i++) {
        crew.add(() -> appendUntilFull(tested().account(), 20, added));
      }
      crew.add(() -> copyUntilFull(added));
      crew.join();
    }
    assertEquals(25, added.get());
    assertEquals(25, used().messages());
    assertEquals(QuotaUse.NONE, quotas().recount(ALICE));
  }

  private Boolean appendUntilFull(Account account, int tries, AtomicInteger added)
      throws StoreException {
    for (int i = 0; i < tries; i++) {
      try (AppendGroup group = account.beginAppend(INBOX, Optional.empty())) {
        write(group, AppendSpec.plain(), octets(HUNDRED));
        group.commit();
        added.incrementAndGet();
      } catch (StoreException full) {
        assertEquals(Code.OVER_QUOTA, full.code());
      }
    }
    return true;
  }

  private Boolean copyUntilFull(AtomicInteger added) throws StoreException {
    Mailbox inbox = tested().open(INBOX);
    for (int i = 0; i < 20; i++) {
      UidSet uids = inbox.snapshot().uids();
      try {
        if (!uids.isEmpty()) {
          inbox.copy(UidSet.of(uids.first()), MailboxName.of("box"));
          added.incrementAndGet();
        }
      } catch (StoreException full) {
        assertEquals(Code.OVER_QUOTA, full.code());
      }
    }
    return true;
  }

  private boolean hasSharedRoots() throws Exception {
    quotas();
    tested().createAccount("member-1");
    tested().createAccount("member-2");
    boolean shared = quotas().rootsOf(Identity.owner("member-1"), INBOX).contains(GROUP);
    assumeTrue(shared, "the store was opened without the policy of the kit");
    return shared;
  }

  private QuotaUse groupUse() throws StoreException {
    return quotas().root(Identity.owner("member-1"), GROUP).used();
  }

  @Test
  default void membersOfAGroupShareItsLimit() throws Exception {
    assertTrue(hasSharedRoots());
    AtomicInteger added = new AtomicInteger();
    appendUntilFull(tested().openAccount("member-1"), 2, added);
    appendUntilFull(tested().openAccount("member-2"), 2, added);
    assertEquals(3, added.get());
    assertEquals(new QuotaUse(300, 3, 2), groupUse());
    Mailbox first = tested().keep(tested().openAccount("member-1").open(INBOX, Access.WRITE));
    first.remove(UidSet.of(1));
    assertEquals(new QuotaUse(200, 2, 2), groupUse());
    appendUntilFull(tested().openAccount("member-2"), 2, added);
    assertEquals(4, added.get());
  }

  @Test
  default void aGroupsLimitHoldsWhateverHappensAtTheSameTime() throws Exception {
    assertTrue(hasSharedRoots());
    AtomicInteger added = new AtomicInteger();
    try (Crew crew = new Crew()) {
      for (int i = 0; i < 4; i++) {
        Account account = tested().openAccount("member-" + (1 + i % 2));
        crew.add(() -> appendUntilFull(account, 5, added));
      }
      crew.join();
    }
    assertEquals(3, added.get());
    assertEquals(3, groupUse().messages());
  }

  @Test
  default void membersThatGoGiveBack() throws Exception {
    assertTrue(hasSharedRoots());
    AtomicInteger added = new AtomicInteger();
    appendUntilFull(tested().openAccount("member-2"), 2, added);
    assertEquals(new QuotaUse(200, 2, 2), groupUse());
    tested().store().facet(AccountDirectory.class).orElseThrow().delete("member-2");
    assertEquals(new QuotaUse(0, 0, 1), groupUse());
    tested().createAccount("member-2");
    assertEquals(new QuotaUse(0, 0, 2), groupUse());
  }

  @Test
  default void theUseOfAGroupSurvivesARestart() throws Exception {
    assertTrue(hasSharedRoots());
    AtomicInteger added = new AtomicInteger();
    appendUntilFull(tested().openAccount("member-1"), 2, added);
    tested().reopen();
    assertEquals(new QuotaUse(200, 2, 2), groupUse());
  }
}
