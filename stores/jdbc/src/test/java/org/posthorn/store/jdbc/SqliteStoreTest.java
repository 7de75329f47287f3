package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Append;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Appended;
import org.posthorn.store.Changes;
import org.posthorn.store.CopyResult;
import org.posthorn.store.Cursor;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.FlagsResult;
import org.posthorn.store.Identity;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MailboxStatus;
import org.posthorn.store.MessageContent;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StatusItem;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;
import org.posthorn.store.WatchSpec;

class SqliteStoreTest {
  private static final MailboxName ARCHIVE = MailboxName.of("Archive");
  private static final Flags SEEN = Flags.of(SystemFlag.SEEN);
  private static final Flags DELETED = Flags.of(SystemFlag.DELETED);

  @TempDir Path directory;
  private SqliteStore store;
  private Account alice;

  @BeforeEach
  void open() throws StoreException {
    open(SqliteStore.in(directory));
  }

  private void open(SqliteStore.Builder builder) throws StoreException {
    store = builder.open();
    alice = Mail.alice(store);
  }

  private void reopen(SqliteStore.Builder builder) throws StoreException {
    store.close();
    open(builder);
  }

  @AfterEach
  void checkAndClose() throws StoreException {
    assertEquals(List.of(), store.check(Mail.ALICE));
    store.close();
  }

  private static Code codeOf(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(StoreException.class, call).code();
  }

  @Test
  void mailIsThereAfterReopening() throws StoreException {
    byte[] small = Mail.message("small", 4_000);
    byte[] big = Mail.message("big", 1_000_000);
    Mail.append(alice, Mail.INBOX, Flags.of(Set.of(SystemFlag.FLAGGED), List.of("$Junk")), small);
    Appended second = Mail.append(alice, big);
    long uidValidity = second.mailbox().uidValidity();
    reopen(SqliteStore.in(directory));
    Mailbox inbox = Mail.inbox(alice);
    Snapshot snapshot = inbox.snapshot();
    assertEquals(UidSet.range(1, 2), snapshot.uids());
    assertEquals(3, snapshot.uidNext());
    assertEquals(uidValidity, snapshot.info().uidValidity());
    assertEquals(List.of("$Junk"), snapshot.keywords());
    assertArrayEquals(small, Mail.read(inbox, 1));
    assertArrayEquals(big, Mail.read(inbox, 2));
    List<Row> rows =
        Mail.rows(inbox, UidSet.range(1, 9), Item.SIZE, Item.INDEX, Item.IDS, Item.INTERNAL_DATE);
    assertEquals(Flags.of(Set.of(SystemFlag.FLAGGED), List.of("$Junk")), rows.get(0).flags());
    assertEquals(small.length, rows.get(0).size());
    assertNotNull(rows.get(0).index());
    assertNotEquals(rows.get(0).emailId(), rows.get(1).emailId());
  }

  @Test
  void countersFollowEveryChange() throws StoreException {
    Mail.fill(alice, Mail.INBOX, 10);
    Mailbox inbox = Mail.inbox(alice);
    Mail.add(inbox, UidSet.range(1, 4), SEEN);
    Mail.add(inbox, UidSet.of(2, 9), DELETED);
    MailboxStatus status = alice.status(Mail.INBOX, Set.of(StatusItem.values()));
    assertEquals(10, status.get(StatusItem.MESSAGES));
    assertEquals(6, status.get(StatusItem.UNSEEN));
    assertEquals(2, status.get(StatusItem.DELETED));
    assertEquals(10, status.get(StatusItem.RECENT));
    assertEquals(5, inbox.snapshot().firstUnseenUid());
    assertEquals(UidSet.of(2, 9), inbox.expungeDeleted(UidSet.range(1, UidSet.MAX_UID)).uids());
    assertEquals(8, alice.status(Mail.INBOX, Set.of(StatusItem.MESSAGES)).get(StatusItem.MESSAGES));
  }

  @Test
  void oneStoreChangesOnlyWhatIsDifferent() throws StoreException {
    Mail.fill(alice, Mail.INBOX, 6);
    Mailbox inbox = Mail.inbox(alice);
    inbox.remove(UidSet.of(3));
    Mail.add(inbox, UidSet.of(2), SEEN);
    FlagsResult result = Mail.add(inbox, UidSet.range(1, 9), SEEN);
    assertEquals(UidSet.of(1, 4, 5, 6), result.changed());
    assertEquals(UidSet.of(3, 7, 8, 9), result.gone());
    FlagsResult again = Mail.add(inbox, UidSet.range(1, 9), SEEN);
    assertTrue(again.changed().isEmpty());
    assertEquals(result.modSeq(), again.modSeq());
  }

  @Test
  void replacingFlagsMergesGroups() throws StoreException {
    Mail.fill(alice, Mail.INBOX, 4);
    Mailbox inbox = Mail.inbox(alice);
    Mail.add(inbox, UidSet.of(1), SEEN);
    Mail.add(inbox, UidSet.of(2), DELETED);
    Mail.add(inbox, UidSet.of(3), Flags.NONE.withKeyword("work"));
    FlagsResult result =
        inbox.storeFlags(UidSet.range(1, 4), FlagChange.replace(SEEN), OptionalLong.empty());
    assertEquals(UidSet.of(2, 3, 4), result.changed());
    assertTrue(Mail.rows(inbox, UidSet.range(1, 4)).stream().allMatch(r -> r.flags().equals(SEEN)));
  }

  @Test
  void unchangedSinceRefusesWhatChangedLater() throws StoreException {
    Mail.fill(alice, Mail.INBOX, 4);
    Mailbox inbox = Mail.inbox(alice);
    long before = inbox.snapshot().highestModSeq();
    Mail.add(inbox, UidSet.of(2), SEEN);
    FlagsResult result =
        inbox.storeFlags(UidSet.range(1, 4), FlagChange.add(DELETED), OptionalLong.of(before));
    assertEquals(UidSet.of(2), result.refused());
    assertEquals(UidSet.of(1, 3, 4), result.changed());
  }

  @Test
  void changesComeInPagesInsideOneModSeq() throws StoreException {
    Mail.fill(alice, Mail.INBOX, 25);
    Mailbox inbox = Mail.inbox(alice);
    Cursor cursor = inbox.snapshot().cursor();
    Mail.add(inbox, UidSet.range(1, 25), SEEN);
    inbox.remove(UidSet.of(1, 3, 5, 7, 9));
    List<Long> changed = new ArrayList<>();
    UidSet vanished = UidSet.EMPTY;
    boolean more = true;
    int pages = 0;
    while (more) {
      Changes page = inbox.changesSince(cursor, new PageLimit(4, 10_000));
      page.changed().forEach(row -> changed.add(row.uid()));
      vanished = vanished.union(page.vanished());
      assertNotEquals(cursor, page.next());
      cursor = page.next();
      more = page.more();
      pages++;
    }
    assertEquals(20, changed.size());
    assertEquals(changed.stream().sorted().distinct().toList(), changed);
    assertEquals(UidSet.of(1, 3, 5, 7, 9), vanished);
    assertTrue(pages >= 5);
    assertEquals(inbox.snapshot().cursor(), cursor);
  }

  @Test
  void copiesShareTheBodyAndOutliveTheOriginal() throws StoreException {
    byte[] message = Mail.message("shared", 100_000);
    Mail.append(alice, Mail.INBOX, Flags.NONE.withKeyword("k"), message);
    Mail.fill(alice, Mail.INBOX, 3);
    alice.create(ARCHIVE, Set.of());
    Mailbox inbox = Mail.inbox(alice);
    CopyResult copied = inbox.copy(UidSet.of(1, 3, 77), ARCHIVE);
    assertEquals(UidSet.of(1, 3), copied.source());
    assertEquals(UidSet.range(1, 2), copied.copies());
    assertEquals(UidSet.of(77), copied.gone());
    String emailId = Mail.rows(inbox, UidSet.of(1), Item.IDS).get(0).emailId();
    inbox.remove(UidSet.of(1));
    Mailbox archive = alice.open(ARCHIVE, Access.READ);
    assertArrayEquals(message, Mail.read(archive, 1));
    assertEquals(emailId, Mail.rows(archive, UidSet.of(1), Item.IDS).get(0).emailId());
    assertEquals(List.of("k"), archive.snapshot().keywords());
  }

  @Test
  void copyAndMoveIntoTheSameMailbox() throws StoreException {
    Mail.fill(alice, Mail.INBOX, 3);
    Mailbox inbox = Mail.inbox(alice);
    assertEquals(UidSet.range(4, 6), inbox.copy(UidSet.range(1, 3), Mail.INBOX).copies());
    CopyResult moved = inbox.move(UidSet.of(1, 4), Mail.INBOX);
    assertEquals(UidSet.range(7, 8), moved.copies());
    assertEquals(UidSet.of(2, 3, 5, 6, 7, 8), inbox.snapshot().uids());
    Mail.rows(inbox, UidSet.range(1, 9));
    inbox.remove(UidSet.range(1, 9));
    assertTrue(inbox.snapshot().uids().isEmpty());
  }

  @Test
  void movedMessagesAreInOnePlace() throws StoreException {
    Mail.fill(alice, Mail.INBOX, 5);
    alice.create(ARCHIVE, Set.of());
    Mailbox inbox = Mail.inbox(alice);
    Cursor cursor = inbox.snapshot().cursor();
    CopyResult moved = inbox.move(UidSet.range(2, 4), ARCHIVE);
    assertEquals(UidSet.range(1, 3), moved.copies());
    assertEquals(UidSet.of(1, 5), inbox.snapshot().uids());
    assertEquals(UidSet.range(2, 4), inbox.changesSince(cursor, PageLimit.DEFAULT).vanished());
    assertEquals(UidSet.range(1, 3), alice.open(ARCHIVE, Access.READ).snapshot().uids());
  }

  @Test
  void bodyStaysReadableWhileHeldAndIsFreedAfter() throws StoreException {
    byte[] message = Mail.message("held", 300_000);
    Mail.append(alice, message);
    Mailbox inbox = Mail.inbox(alice);
    try (MessageContent content = inbox.content(1)) {
      inbox.remove(UidSet.of(1));
      Mail.fill(alice, Mail.INBOX, 1);
      assertArrayEquals(message, Mail.read(content));
    }
    assertEquals(Code.EXPUNGED, codeOf(() -> inbox.content(1)));
    Mail.fill(alice, Mail.INBOX, 1);
    assertEquals(2, count("body"));
  }

  private long count(String table) throws StoreException {
    AccountMail file =
        ((Directory) store.facet(AccountDirectory.class).orElseThrow()).open("alice");
    try {
      return file.read(db -> db.number("SELECT count(*) FROM " + table));
    } finally {
      file.release();
    }
  }

  @Test
  void abandonedAppendsLeaveNoTrace() throws StoreException {
    byte[] message = Mail.message("never", 500_000);
    try (AppendGroup group = alice.beginAppend(Mail.INBOX, Optional.empty())) {
      Append append = group.next(AppendSpec.plain());
      append.write(ByteBuffer.wrap(message));
      assertTrue(count("chunk") > 3);
    }
    assertTrue(Mail.inbox(alice).snapshot().uids().isEmpty());
    Mail.fill(alice, Mail.INBOX, 1);
    assertEquals(1, count("chunk"));
  }

  @Test
  void largeGroupsAreStagedToo() throws StoreException {
    byte[][] messages = new byte[40][];
    for (int i = 0; i < messages.length; i++) {
      messages[i] = Mail.message("m" + i, 1_000 * i);
    }
    Appended appended = Mail.append(alice, messages);
    assertEquals(UidSet.range(1, 40), appended.uids());
    Mailbox inbox = Mail.inbox(alice);
    for (int i = 0; i < messages.length; i++) {
      assertArrayEquals(messages[i], Mail.read(inbox, i + 1));
    }
  }

  @Test
  void messagesBeyondTheLimitAreRefused() throws StoreException {
    reopen(SqliteStore.in(directory).messageOctets(1_000));
    try (AppendGroup group = alice.beginAppend(Mail.INBOX, Optional.empty())) {
      assertEquals(Code.TOO_BIG, codeOf(() -> group.next(AppendSpec.plain().withSize(1_001))));
      Append append = group.next(AppendSpec.plain());
      append.write(ByteBuffer.allocate(1_000));
      assertEquals(Code.TOO_BIG, codeOf(() -> append.write(ByteBuffer.allocate(1))));
    }
  }

  @Test
  void vanishedHistoryIsForgottenByNumber() throws StoreException {
    reopen(SqliteStore.in(directory).vanished(3, Duration.ofDays(1)));
    Mail.fill(alice, Mail.INBOX, 20);
    Mailbox inbox = Mail.inbox(alice);
    Cursor start = inbox.snapshot().cursor();
    for (long uid = 2; uid <= 8; uid += 2) {
      inbox.remove(UidSet.of(uid));
    }
    assertTrue(inbox.changesSince(start, PageLimit.DEFAULT).historyLost());
    Cursor later = Cursor.after(start.modSeq() + 1);
    Changes known = inbox.changesSince(later, PageLimit.DEFAULT);
    assertFalse(known.historyLost());
    assertEquals(UidSet.of(4, 6, 8), known.vanished());
    assertEquals(16, inbox.snapshot().uids().size());
  }

  @Test
  void keywordsAreLimited() throws StoreException {
    reopen(SqliteStore.in(directory).keywords(2));
    Mail.fill(alice, Mail.INBOX, 1);
    Mailbox inbox = Mail.inbox(alice);
    Mail.add(inbox, UidSet.of(1), Flags.of(Set.of(), List.of("a", "b")));
    assertEquals(
        Code.LIMIT, codeOf(() -> Mail.add(inbox, UidSet.of(1), Flags.NONE.withKeyword("c"))));
    Mail.add(inbox, UidSet.of(1), SEEN);
    assertEquals(
        Flags.of(Set.of(SystemFlag.SEEN), List.of("a", "b")),
        Mail.rows(inbox, UidSet.of(1)).get(0).flags());
  }

  @Test
  void hintsComeBeforeTheCallReturns() throws Exception {
    MailboxId id = Mail.inbox(alice).info().id();
    assertNotNull(id);
    List<MailboxId> heard = new ArrayList<>();
    try (AutoCloseable watch = alice.watch(WatchSpec.mailbox(id), heard::add)) {
      assertNotNull(watch);
      Mail.fill(alice, Mail.INBOX, 1);
      assertEquals(List.of(id), heard);
    }
    Mail.fill(alice, Mail.INBOX, 1);
    assertEquals(1, heard.size());
  }

  @Test
  void exclusiveUseIsRefusedTwice() throws StoreException {
    Mailbox first = alice.open(Mail.INBOX, Access.EXCLUSIVE);
    assertEquals(Code.IN_USE, codeOf(() -> alice.open(Mail.INBOX, Access.EXCLUSIVE)));
    first.close();
    alice.open(Mail.INBOX, Access.EXCLUSIVE).close();
  }

  @Test
  void recentIsClaimedOnce() throws StoreException {
    Mail.fill(alice, Mail.INBOX, 3);
    Mailbox inbox = Mail.inbox(alice);
    assertEquals(1, inbox.claimRecent());
    assertEquals(4, inbox.claimRecent());
    Mail.fill(alice, Mail.INBOX, 1);
    assertEquals(4, inbox.claimRecent());
  }

  @Test
  void aSecondServerIsRefused() {
    assertEquals(Code.IN_USE, codeOf(() -> SqliteStore.in(directory).open()));
  }

  @Test
  void openFilesAreBounded() throws StoreException {
    reopen(SqliteStore.in(directory).openAccounts(3));
    List<Account> accounts = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Account account = Mail.account(store, "user" + i);
      accounts.add(account);
      Mail.fill(account, Mail.INBOX, 2);
      assertTrue(store.openFiles() <= 3);
    }
    for (Account account : accounts) {
      assertEquals(2, Mail.inbox(account).snapshot().uids().size());
    }
  }

  @Test
  void deletedAccountsAreGoneAndTheirUidValiditiesNotUsedAgain() throws StoreException {
    AccountDirectory accounts = store.facet(AccountDirectory.class).orElseThrow();
    Account bob = Mail.account(store, "Bob/../\u00fc");
    long before = Mail.fill(bob, Mail.INBOX, 1).mailbox().uidValidity();
    assertEquals(List.of("Bob/../\u00fc", "alice"), accounts.list("", 10));
    assertTrue(accounts.delete("Bob/../\u00fc"));
    assertFalse(accounts.exists("Bob/../\u00fc"));
    assertThrows(StoreException.class, () -> Mail.inbox(bob));
    assertEquals(Code.NONEXISTENT, codeOf(() -> store.open(Identity.owner("Bob/../\u00fc"))));
    Account again = Mail.account(store, "Bob/../\u00fc");
    assertTrue(Mail.inbox(again).snapshot().uids().isEmpty());
    assertTrue(Mail.inbox(again).info().uidValidity() > before);
  }

  @Test
  void recoversWhenThereIsSpaceAgain() throws StoreException {
    reopen(SqliteStore.in(directory).accountOctets(2 << 20));
    Mail.append(alice, Mail.message("fits", 1_000_000));
    assertEquals(
        Code.NO_SPACE, codeOf(() -> Mail.append(alice, Mail.message("too much", 2_000_000))));
    Mailbox inbox = Mail.inbox(alice);
    assertEquals(UidSet.of(1), inbox.snapshot().uids());
    inbox.remove(UidSet.of(1));
    Mail.append(alice, Mail.message("fits again", 1_000_000));
    assertEquals(UidSet.of(2), inbox.snapshot().uids());
  }
}
