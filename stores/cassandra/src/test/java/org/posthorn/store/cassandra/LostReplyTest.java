package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Cursor;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.Item;
import org.posthorn.store.ListQuery;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Replaced;
import org.posthorn.store.Row;
import org.posthorn.store.StatusItem;
import org.posthorn.store.StoreException;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/**
 * Every conditional batch of every kind of change is struck in turn: its reply is lost, it gets
 * there twice, never or too late, or the cluster falls silent.
 */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
@Tag("long")
class LostReplyTest {
  private static final MailboxName INBOX = MailboxName.INBOX;
  private static final MailboxName BOX = MailboxName.of("box");
  private static final UidSet ALL = UidSet.range(1, UidSet.MAX_UID);

  private interface Step {
    void run(Account account) throws StoreException;
  }

  /** What is struck. INBOX has three messages, "box" one. */
  enum Change {
    APPEND(account -> append(account, Optional.empty(), 1)),
    APPEND_GROUP(account -> append(account, Optional.empty(), 3)),
    APPEND_MANY(account -> append(account, Optional.empty(), Boxes.BATCH + 1)),
    STORE(
        account ->
            account
                .open(INBOX, Access.WRITE)
                .storeFlags(
                    UidSet.of(1, 2),
                    FlagChange.add(Flags.of(SystemFlag.SEEN)),
                    OptionalLong.empty())),
    STORE_IN_SECTION(
        account ->
            account
                .open(INBOX, Access.WRITE)
                .storeFlags(
                    UidSet.of(2, 9, 11),
                    FlagChange.add(Flags.of(SystemFlag.SEEN)),
                    OptionalLong.empty())),
    EXPUNGE_IN_SECTION(account -> account.open(INBOX, Access.WRITE).remove(UidSet.of(2, 11))),
    MOVE_FROM_SECTION(account -> account.open(INBOX, Access.WRITE).move(UidSet.of(1, 12), BOX)),
    EXPUNGE(account -> account.open(INBOX, Access.WRITE).remove(UidSet.of(2))),
    COPY(account -> account.open(INBOX, Access.WRITE).copy(ALL, BOX)),
    COPY_HERE(account -> account.open(INBOX, Access.WRITE).copy(ALL, INBOX)),
    MOVE(account -> account.open(INBOX, Access.WRITE).move(UidSet.of(1, 3), BOX)),
    MOVE_HERE(account -> account.open(INBOX, Access.WRITE).move(UidSet.of(1, 3), INBOX)),
    REPLACE(account -> replace(account, INBOX)),
    REPLACE_ELSEWHERE(account -> replace(account, BOX)),
    CREATE(account -> account.create(MailboxName.of("new", "inferior"), Set.of())),
    RENAME(account -> account.rename(BOX, MailboxName.of("renamed"))),
    RENAME_INBOX(account -> account.rename(INBOX, MailboxName.of("old"))),
    SUBSCRIBE(account -> account.subscribe(BOX)),
    DELETE(account -> account.delete(BOX));

    private final Step step;

    boolean isInSection() {
      return name().endsWith("SECTION");
    }

    Change(Step step) {
      this.step = step;
    }
  }

  private static void append(Account account, Optional<Replaced> replaced, int count)
      throws StoreException {
    append(account, INBOX, replaced, count);
  }

  private static void append(
      Account account, MailboxName name, Optional<Replaced> replaced, int count)
      throws StoreException {
    try (AppendGroup group = account.beginAppend(name, replaced)) {
      for (int i = 0; i < count; i++) {
        IndexingAppend append = new IndexingAppend(group.next(AppendSpec.plain()));
        String text = "Subject: " + i + "\r\n\r\n";
        append.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        append.end();
      }
      group.commit();
    }
  }

  private static void replace(Account account, MailboxName name) throws StoreException {
    Mailbox inbox = account.open(INBOX, Access.WRITE);
    append(account, name, Optional.of(new Replaced(inbox, 2)), 1);
  }

  private FaultySession faults;
  private CassandraStore struck;
  private CassandraStore witness;
  private int accounts;

  @BeforeEach
  void open() throws Exception {
    TestKeyspace.emptied();
    faults = new FaultySession(TestKeyspace.session());
    struck = TestKeyspace.shared().over(faults.session()).open();
    witness = TestKeyspace.shared().open();
  }

  @AfterEach
  void close() {
    struck.close();
    witness.close();
  }

  private String account(Change change) throws StoreException {
    String name = "user" + ++accounts;
    struck.facet(AccountDirectory.class).orElseThrow().create(name);
    Account account = struck.open(Identity.owner(name));
    account.create(BOX, Set.of());
    append(account, INBOX, Optional.empty(), 3);
    append(account, BOX, Optional.empty(), 1);
    if (change.isInSection()) {
      append(account, INBOX, Optional.empty(), 10);
      try (CassandraStore splitting = TestKeyspace.shared().sectionUids(10).open()) {
        splitting.parts().boxes().close(account.open(INBOX, Access.READ).info().id().value());
      }
    }
    return name;
  }

  /** All that another server sees of an account. */
  private List<String> truth(String name) throws StoreException {
    List<String> truth = new ArrayList<>();
    Account account = witness.open(Identity.owner(name));
    for (MailboxInfo info : account.list(ListQuery.ALL)) {
      truth.add(info.name() + " " + info.subscribed());
      Mailbox mailbox = account.open(info.name(), Access.READ);
      UidSet uids = mailbox.snapshot().uids();
      for (Row row : mailbox.list(ALL, PageLimit.DEFAULT, Set.of(Item.SIZE)).rows()) {
        truth.add(row.uid() + " " + Arrays.toString(row.flags().imap()) + " " + row.size());
        assertTrue(uids.contains(row.uid()));
      }
      var changes = mailbox.changesSince(Cursor.after(1), PageLimit.DEFAULT);
      assertFalse(changes.historyLost());
      assertEquals(
          account
              .status(info.name(), Set.of(StatusItem.MESSAGES))
              .values()
              .get(StatusItem.MESSAGES),
          uids.size());
    }
    return truth;
  }

  /** The outcome without faults; and how many batches that takes. */
  private record Sound(List<String> before, List<String> after, int batches) {}

  private Sound sound(Change change) throws StoreException {
    String name = account(change);
    List<String> before = truth(name);
    faults.strike(0, FaultySession.Fault.REPLY_LOST);
    change.step.run(struck.open(Identity.owner(name)));
    return new Sound(before, truth(name), faults.heal());
  }

  @ParameterizedTest
  @EnumSource
  void aLostReplyChangesNothing(Change change) throws Exception {
    Sound sound = sound(change);
    assertTrue(sound.batches() > 0);
    for (FaultySession.Fault fault :
        List.of(
            FaultySession.Fault.REPLY_LOST,
            FaultySession.Fault.SENT_TWICE,
            FaultySession.Fault.REQUEST_LOST,
            FaultySession.Fault.LATE)) {
      for (int n = 1; n <= sound.batches(); n++) {
        String name = account(change);
        Account account = struck.open(Identity.owner(name));
        faults.strike(n, fault);
        change.step.run(account);
        faults.heal();
        assertEquals(sound.after(), truth(name), change + ": " + fault + " of batch " + n);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whereNothingAnswersTheCallIsRefusedAndTheTruthIsOneOfTheTwo(Change change) throws Exception {
    Sound sound = sound(change);
    for (FaultySession.Fault fault :
        List.of(FaultySession.Fault.SILENT_AFTER, FaultySession.Fault.SILENT_BEFORE)) {
      for (int n = 1; n <= sound.batches(); n++) {
        String name = account(change);
        Account account = struck.open(Identity.owner(name));
        faults.strike(n, fault);
        StoreException refused = assertThrows(StoreException.class, () -> change.step.run(account));
        assertEquals(StoreException.Code.UNAVAILABLE, refused.code());
        faults.heal();
        List<String> truth = truth(name);
        String where = change + ": " + fault + " of batch " + n + ": " + truth;
        assertTrue(truth.equals(sound.before()) || truth.equals(sound.after()), where);
      }
    }
  }
}
