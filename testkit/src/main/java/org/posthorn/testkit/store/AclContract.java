package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.posthorn.store.MailboxName.INBOX;
import static org.posthorn.testkit.store.TestedStore.ALICE;
import static org.posthorn.testkit.store.TestedStore.ALL;
import static org.posthorn.testkit.store.TestedStore.assertRefused;
import static org.posthorn.testkit.store.TestedStore.octets;
import static org.posthorn.testkit.store.TestedStore.read;
import static org.posthorn.testkit.store.TestedStore.row;
import static org.posthorn.testkit.store.TestedStore.write;

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
import org.posthorn.store.Acl;
import org.posthorn.store.Acl.Mode;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.CopyResult;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.ListQuery;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Replaced;
import org.posthorn.store.Rights;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;
import org.posthorn.store.WatchSpec;

/** Access control lists and other users' mailboxes (RFC 4314), where the store has the facet. */
public interface AclContract extends ContractPart {
  Identity OWNER = Identity.owner(ALICE);
  Identity OTHER = Identity.owner("bob");

  private Acl acl() {
    Optional<Acl> acl = tested().store().facet(Acl.class);
    assumeTrue(acl.isPresent(), "the store has no Acl");
    return acl.orElseThrow();
  }

  /** Bob, with rights on a mailbox of alice. */
  private Account bobMay(String rights, MailboxName mailbox) throws Exception {
    Acl acl = acl();
    tested().createAccount("bob");
    acl.set(OWNER, mailbox, "bob", Mode.REPLACE, Rights.parse(rights));
    return tested().openAccount("bob");
  }

  private static MailboxName seenByBob(Account bob, MailboxName mailbox) throws StoreException {
    return TestedStore.seenBy(bob, ALICE, mailbox);
  }

  private static List<String> names(Account account) throws StoreException {
    return account.list(ListQuery.ALL).stream()
        .filter(MailboxInfo::selectable)
        .map(info -> info.name().path())
        .toList();
  }

  @Test
  default void atFirstAllRightsAreTheOwners() throws Exception {
    assertEquals(Map.of(ALICE, Rights.ALL), acl().entries(OWNER, INBOX));
    assertEquals(Rights.ALL, acl().mine(OWNER, INBOX));
    assertEquals(Rights.ALL, tested().open(INBOX).rights());
  }

  @Test
  default void entriesAreReplacedAddedToAndTakenFrom() throws Exception {
    bobMay("lr", INBOX);
    Acl acl = acl();
    acl.set(OWNER, INBOX, "bob", Mode.ADD, Rights.parse("sw"));
    assertEquals(Rights.parse("lrsw"), acl.entries(OWNER, INBOX).get("bob"));
    acl.set(OWNER, INBOX, "bob", Mode.REMOVE, Rights.parse("rw"));
    assertEquals(Rights.parse("ls"), acl.entries(OWNER, INBOX).get("bob"));
    acl.set(OWNER, INBOX, "bob", Mode.REPLACE, Rights.NONE);
    assertFalse(acl.entries(OWNER, INBOX).containsKey("bob"));
    acl.set(OWNER, INBOX, "bob", Mode.REPLACE, Rights.parse("l"));
    acl.delete(OWNER, INBOX, "bob");
    acl.delete(OWNER, INBOX, "bob");
    assertEquals(Map.of(ALICE, Rights.ALL), acl.entries(OWNER, INBOX));
  }

  @Test
  default void theOwnerKeepsWhatIsNeededToGetTheRestBack() throws Exception {
    Acl acl = acl();
    acl.set(OWNER, INBOX, ALICE, Mode.REPLACE, Rights.parse("lr"));
    assertEquals(Rights.parse("lra"), acl.mine(OWNER, INBOX));
    assertRefused(Code.NO_PERMISSION, () -> tested().append(INBOX));
    acl.delete(OWNER, INBOX, ALICE);
    assertEquals(Acl.OWNER_KEEPS, acl.mine(OWNER, INBOX));
    acl.set(OWNER, INBOX, ALICE, Mode.REPLACE, Rights.ALL);
    tested().append(INBOX);
    assertEquals(Acl.OWNER_KEEPS, acl.grantable(OWNER, INBOX, ALICE).always());
  }

  @Test
  default void negativeRightsTakeAwayWhatAnyoneHas() throws Exception {
    bobMay("l", INBOX);
    acl().set(OWNER, INBOX, Acl.ANYONE, Mode.REPLACE, Rights.parse("lrs"));
    assertEquals(
        Rights.parse("lrs"), acl().mine(OTHER, seenByBob(tested().openAccount("bob"), INBOX)));
    acl().set(OWNER, INBOX, "-bob", Mode.REPLACE, Rights.parse("s"));
    assertEquals(
        Rights.parse("lr"), acl().mine(OTHER, seenByBob(tested().openAccount("bob"), INBOX)));
  }

  @Test
  default void anIdentifierThatNamesNobodyIsRefused() throws Exception {
    assertRefused(
        Code.CANNOT, () -> acl().set(OWNER, INBOX, "nobody", Mode.REPLACE, Rights.parse("l")));
  }

  @Test
  default void onlyWhoMayAdministerSeesAndChangesEntries() throws Exception {
    Account bob = bobMay("lr", INBOX);
    MailboxName name = seenByBob(bob, INBOX);
    assertRefused(Code.NO_PERMISSION, () -> acl().entries(OTHER, name));
    assertRefused(
        Code.NO_PERMISSION, () -> acl().set(OTHER, name, "bob", Mode.ADD, Rights.parse("a")));
    assertRefused(Code.NO_PERMISSION, () -> acl().delete(OTHER, name, ALICE));
    assertRefused(Code.NO_PERMISSION, () -> acl().grantable(OTHER, name, "bob"));
    assertEquals(Rights.parse("lr"), acl().mine(OTHER, name));
  }

  @Test
  default void sharedMailboxesAreListedAndNothingElse() throws Exception {
    MailboxName shared = tested().create("Projects/Posthorn");
    tested().create("Private");
    acl();
    tested().createAccount("bob");
    assertEquals(List.of("INBOX"), names(tested().openAccount("bob")));
    acl().set(OWNER, shared, "bob", Mode.REPLACE, Rights.parse("l"));
    Account bob = tested().openAccount("bob");
    assertEquals(List.of("INBOX", seenByBob(bob, shared).path()), names(bob));
    assertEquals(1, bob.namespaces().otherUsers().size());
    acl().delete(OWNER, shared, "bob");
    assertEquals(List.of("INBOX"), names(tested().openAccount("bob")));
  }

  @Test
  default void whatMayNotBeLookedUpDoesNotExist() throws Exception {
    MailboxName shared = tested().create("shared");
    Account bob = bobMay("l", INBOX);
    MailboxName name = seenByBob(bob, shared);
    assertRefused(Code.NONEXISTENT, () -> bob.open(name, Access.READ));
    assertRefused(Code.NONEXISTENT, () -> bob.status(name, Set.of()));
    assertRefused(Code.NONEXISTENT, () -> bob.delete(name));
    assertRefused(Code.NONEXISTENT, () -> bob.beginAppend(name, Optional.empty()));
    assertRefused(Code.NONEXISTENT, () -> acl().mine(OTHER, name));
    assertRefused(Code.NONEXISTENT, () -> acl().entries(OTHER, name));
  }

  @Test
  default void whatMayBeReadIsReadAndNotChanged() throws Exception {
    tested().append(INBOX, Flags.NONE, "Subject: hello\r\n\r\nbob\r\n");
    Account bob = bobMay("lr", INBOX);
    MailboxName name = seenByBob(bob, INBOX);
    Mailbox inbox = tested().keep(bob.open(name, Access.WRITE));
    assertEquals(Access.READ, inbox.access());
    assertEquals(name, inbox.info().name());
    assertEquals(name, inbox.snapshot().info().name());
    assertEquals(tested().open(INBOX).info().id(), inbox.info().id());
    assertArrayEquals(octets("Subject: hello\r\n\r\nbob\r\n"), read(inbox, 1));
    assertRefused(
        Code.NO_PERMISSION,
        () ->
            inbox.storeFlags(ALL, FlagChange.add(Flags.of(SystemFlag.SEEN)), OptionalLong.empty()));
    assertRefused(Code.NO_PERMISSION, () -> inbox.expungeDeleted(ALL));
    assertRefused(Code.NO_PERMISSION, () -> inbox.remove(ALL));
    assertRefused(Code.NO_PERMISSION, () -> inbox.move(ALL, INBOX));
    assertRefused(Code.NO_PERMISSION, () -> bob.beginAppend(name, Optional.empty()));
    assertRefused(Code.NO_PERMISSION, () -> bob.delete(name));
    assertRefused(Code.NO_PERMISSION, () -> bob.create(name.child("below"), Set.of()));
    assertRefused(Code.NO_PERMISSION, () -> bob.rename(name, name.child("below")));
  }

  @Test
  default void flagsThatMayNotBeSetStayAsTheyAre() throws Exception {
    tested().append(INBOX, Flags.of(SystemFlag.FLAGGED), "\r\n");
    Account bob = bobMay("lrs", INBOX);
    Mailbox inbox = tested().keep(bob.open(seenByBob(bob, INBOX), Access.WRITE));
    Flags wanted = Flags.of(SystemFlag.SEEN, SystemFlag.DELETED);
    inbox.storeFlags(ALL, FlagChange.replace(wanted), OptionalLong.empty());
    assertEquals(Flags.of(SystemFlag.SEEN, SystemFlag.FLAGGED), row(inbox, 1).flags());
    inbox.storeFlags(ALL, FlagChange.remove(Flags.of(SystemFlag.values())), OptionalLong.empty());
    assertEquals(Flags.of(SystemFlag.FLAGGED), row(inbox, 1).flags());
    assertRefused(
        Code.NO_PERMISSION,
        () ->
            inbox.storeFlags(
                ALL, FlagChange.add(Flags.of(SystemFlag.DRAFT)), OptionalLong.empty()));
  }

  @Test
  default void messagesComeWithTheFlagsThatMayBeSet() throws Exception {
    Account bob = bobMay("lrit", INBOX);
    MailboxName name = seenByBob(bob, INBOX);
    Flags wanted = Flags.of(SystemFlag.SEEN, SystemFlag.DELETED, SystemFlag.DRAFT);
    try (AppendGroup group = bob.beginAppend(name, Optional.empty())) {
      write(group, AppendSpec.plain().withFlags(wanted), octets("Subject: one\r\n\r\n"));
      assertEquals(name, group.commit().mailbox().name());
    }
    assertEquals(Flags.of(SystemFlag.DELETED), row(tested().open(INBOX), 1).flags());
  }

  @Test
  default void copiesGoToAnotherUsersMailbox() throws Exception {
    Account bob = bobMay("lrit", INBOX);
    MailboxName name = seenByBob(bob, INBOX);
    Flags flags = Flags.of(Set.of(SystemFlag.SEEN, SystemFlag.DELETED), List.of("$work"));
    try (AppendGroup group = bob.beginAppend(INBOX, Optional.empty())) {
      write(group, AppendSpec.plain().withFlags(flags), octets("Subject: one\r\n\r\n1"));
      write(group, AppendSpec.plain().withFlags(flags), octets("Subject: two\r\n\r\n2"));
      group.commit();
    }
    Mailbox own = tested().keep(bob.open(INBOX, Access.WRITE));
    CopyResult copied = own.copy(UidSet.range(1, 5), name);
    assertEquals(UidSet.range(1, 2), copied.source());
    assertEquals(UidSet.range(1, 2), copied.copies());
    assertEquals(UidSet.range(3, 5), copied.gone());
    assertEquals(name, copied.destination().name());
    Mailbox inbox = tested().open(INBOX);
    assertEquals(Flags.of(SystemFlag.DELETED), row(inbox, 1).flags());
    assertArrayEquals(octets("Subject: two\r\n\r\n2"), read(inbox, 2));
    CopyResult moved = own.move(UidSet.of(2), name);
    assertEquals(UidSet.of(3), moved.copies());
    assertEquals(UidSet.of(1), own.snapshot().uids());
    assertEquals(own.snapshot().highestModSeq(), moved.sourceModSeq());
    assertRefused(
        Code.NO_PERMISSION, () -> tested().keep(bob.open(name, Access.WRITE)).remove(ALL));
  }

  @Test
  default void copiesComeFromAnotherUsersMailbox() throws Exception {
    tested().append(INBOX, Flags.of(SystemFlag.FLAGGED), "Subject: one\r\n\r\n1");
    Account bob = bobMay("lrte", INBOX);
    Mailbox shared = tested().keep(bob.open(seenByBob(bob, INBOX), Access.WRITE));
    assertEquals(UidSet.of(1), shared.copy(ALL, INBOX).copies());
    assertEquals(UidSet.of(2), shared.move(ALL, INBOX).copies());
    assertTrue(shared.snapshot().uids().isEmpty());
    Mailbox own = tested().keep(bob.open(INBOX, Access.WRITE));
    assertEquals(Flags.of(SystemFlag.FLAGGED), row(own, 2).flags());
    tested().append(INBOX, Flags.NONE, "Subject: two\r\n\r\n2");
    Optional<Replaced> old = Optional.of(new Replaced(shared, 2));
    try (AppendGroup group = bob.beginAppend(INBOX, old)) {
      write(group, AppendSpec.plain(), octets("Subject: new\r\n\r\n"));
      assertEquals(UidSet.of(3), group.commit().uids());
    }
    assertTrue(shared.snapshot().uids().isEmpty());
    assertRefused(Code.EXPUNGED, () -> bob.beginAppend(INBOX, old));
  }

  @Test
  default void newMailboxesInherit() throws Exception {
    MailboxName shared = tested().create("shared");
    Account bob = bobMay("lrkx", shared);
    MailboxName name = seenByBob(bob, shared);
    bob.create(name.child("a").child("b"), Set.of());
    assertEquals(Rights.parse("lrkx"), acl().mine(OTHER, name.child("a")));
    assertEquals(Rights.parse("lrkx"), acl().mine(OTHER, name.child("a").child("b")));
    tested().create("shared/c");
    assertEquals(Rights.parse("lrkx"), acl().mine(OTHER, name.child("c")));
    bob.rename(name.child("c"), name.child("d"));
    assertEquals(Rights.parse("lrkx"), acl().mine(OTHER, name.child("d")));
    bob.delete(name.child("d"));
    assertRefused(Code.NONEXISTENT, () -> acl().mine(OWNER, MailboxName.of("shared", "d")));
    assertRefused(
        Code.NO_PERMISSION, () -> bob.create(seenByBob(bob, MailboxName.of("top")), Set.of()));
    assertRefused(Code.CANNOT, () -> bob.rename(name.child("a"), MailboxName.of("mine")));
  }

  @Test
  default void entriesGoWithTheMailboxAndTheAccount() throws Exception {
    MailboxName shared = tested().create("shared");
    Account bob = bobMay("lr", shared);
    tested().account().delete(shared);
    tested().create("shared");
    assertEquals(Map.of(ALICE, Rights.ALL), acl().entries(OWNER, shared));
    acl().set(OWNER, shared, "bob", Mode.REPLACE, Rights.parse("lr"));
    bob.close();
    AccountDirectory directory = tested().store().facet(AccountDirectory.class).orElseThrow();
    directory.delete("bob");
    directory.create("bob");
    assertEquals(Map.of(ALICE, Rights.ALL), acl().entries(OWNER, shared));
  }

  @Test
  default void whoWatchesHearsOfSharedMailboxes() throws Exception {
    Account bob = bobMay("lr", INBOX);
    AtomicInteger hints = new AtomicInteger();
    MailboxInfo info = bob.status(seenByBob(bob, INBOX), Set.of()).mailbox();
    tested()
        .keep(
            bob.watch(
                WatchSpec.mailbox(Optional.ofNullable(info.id()).orElseThrow()),
                which -> hints.incrementAndGet()));
    tested().append(INBOX);
    assertTrue(hints.get() > 0);
    int before = hints.get();
    tested().keep(bob.watch(new WatchSpec.Subtree(List.of()), which -> hints.addAndGet(100)));
    tested().append(INBOX);
    assertTrue(hints.get() >= before + 100);
  }

  @Test
  default void subscriptionsToSharedMailboxesAreOnesOwn() throws Exception {
    Account bob = bobMay("lr", INBOX);
    MailboxName name = seenByBob(bob, INBOX);
    bob.subscribe(name);
    List<MailboxInfo> subscribed =
        bob.list(new ListQuery(List.of(), Integer.MAX_VALUE, true)).stream()
            .filter(info -> info.name().equals(name))
            .toList();
    assertEquals(1, subscribed.size());
    assertTrue(subscribed.get(0).selectable());
    assertTrue(subscribed.get(0).subscribed());
  }

  @Test
  default void entriesSurviveARestart() throws Exception {
    bobMay("lrs", INBOX);
    tested().reopen();
    assertEquals(Rights.parse("lrs"), acl().entries(OWNER, INBOX).get("bob"));
    Account bob = tested().openAccount("bob");
    assertEquals(Rights.parse("lrs"), acl().mine(OTHER, seenByBob(bob, INBOX)));
  }
}
