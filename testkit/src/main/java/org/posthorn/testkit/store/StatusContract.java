package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.posthorn.store.MailboxName.INBOX;
import static org.posthorn.testkit.store.TestedStore.ALL;
import static org.posthorn.testkit.store.TestedStore.assertRefused;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MailboxStatus;
import org.posthorn.store.Row;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StatusItem;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** STATUS: counters that are right after every change. */
public interface StatusContract extends ContractPart {
  private void assertCountersRight(MailboxName name) throws Exception {
    MailboxStatus status = tested().account().status(name, Set.of(StatusItem.values()));
    Mailbox mailbox = tested().open(name);
    Snapshot cut = mailbox.snapshot();
    List<Row> rows = TestedStore.rows(mailbox, Item.SIZE);
    List<Row> deleted = rows.stream().filter(row -> row.flags().has(SystemFlag.DELETED)).toList();
    assertEquals(cut.info(), status.mailbox());
    assertEquals(rows.size(), status.get(StatusItem.MESSAGES));
    assertEquals(cut.uidNext(), status.get(StatusItem.UIDNEXT));
    assertEquals(cut.info().uidValidity(), status.get(StatusItem.UIDVALIDITY));
    assertEquals(cut.highestModSeq(), status.get(StatusItem.HIGHESTMODSEQ));
    assertEquals(
        rows.stream().filter(row -> !row.flags().has(SystemFlag.SEEN)).count(),
        status.get(StatusItem.UNSEEN));
    assertEquals(deleted.size(), status.get(StatusItem.DELETED));
    assertEquals(rows.stream().mapToLong(Row::size).sum(), status.get(StatusItem.SIZE));
    assertEquals(
        deleted.stream().mapToLong(Row::size).sum(), status.get(StatusItem.DELETED_STORAGE));
  }

  @Test
  default void countersFollowEveryChange() throws Exception {
    MailboxName other = tested().create("other");
    Mailbox inbox = tested().open(INBOX);
    assertCountersRight(INBOX);
    tested().append(INBOX, Flags.NONE, "a\r\n\r\n", "longer\r\n\r\n", "the longest\r\n\r\n");
    tested().append(INBOX, Flags.of(SystemFlag.SEEN, SystemFlag.DELETED), "d\r\n\r\n");
    assertCountersRight(INBOX);
    UidSet uids = inbox.snapshot().uids();
    for (FlagChange change :
        List.of(
            FlagChange.add(Flags.of(SystemFlag.SEEN)),
            FlagChange.replace(Flags.of(SystemFlag.DELETED)),
            FlagChange.remove(Flags.of(SystemFlag.DELETED, SystemFlag.SEEN)))) {
      inbox.storeFlags(uids.slice(1, 4), change, OptionalLong.empty());
      assertCountersRight(INBOX);
    }
    inbox.copy(uids.slice(0, 2), other);
    assertCountersRight(other);
    inbox.move(uids.slice(1, 3), other);
    assertCountersRight(INBOX);
    assertCountersRight(other);
    FlagChange delete = FlagChange.add(Flags.of(SystemFlag.DELETED));
    inbox.storeFlags(uids.slice(0, 1), delete, OptionalLong.empty());
    inbox.expungeDeleted(ALL);
    assertCountersRight(INBOX);
    inbox.remove(ALL);
    assertCountersRight(INBOX);
  }

  @Test
  default void recentCountsWhatNobodyClaimed() throws Exception {
    tested().append(INBOX, Flags.NONE, "a\r\n\r\n", "b\r\n\r\n");
    assertEquals(2, recent());
    tested().open(INBOX).claimRecent();
    assertEquals(0, recent());
    tested().append(INBOX);
    assertEquals(1, recent());
    tested().open(INBOX).remove(ALL);
    assertEquals(0, recent());
  }

  private long recent() throws Exception {
    return tested().account().status(INBOX, Set.of(StatusItem.RECENT)).get(StatusItem.RECENT);
  }

  @Test
  default void onlyWhatWasAskedForIsThere() throws Exception {
    Set<StatusItem> asked = Set.of(StatusItem.UNSEEN, StatusItem.UIDNEXT);
    assertEquals(asked, tested().account().status(INBOX, asked).values().keySet());
    assertEquals(Set.of(), tested().account().status(INBOX, Set.of()).values().keySet());
  }

  @Test
  default void statusNeedsAMailbox() {
    assertRefused(
        Code.NONEXISTENT,
        () -> tested().account().status(MailboxName.of("none"), Set.of(StatusItem.MESSAGES)));
  }
}
