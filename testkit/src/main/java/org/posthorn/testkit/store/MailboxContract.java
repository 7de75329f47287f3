package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthorn.store.MailboxName.INBOX;
import static org.posthorn.testkit.store.TestedStore.ALL;
import static org.posthorn.testkit.store.TestedStore.assertRefused;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthorn.store.Access;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** Snapshots, rows in pages, \Recent. */
public interface MailboxContract extends ContractPart {
  @Test
  default void aNewMailboxIsEmpty() throws Exception {
    MailboxName name = tested().create("new");
    Mailbox mailbox = tested().open(name);
    Snapshot cut = mailbox.snapshot();
    assertTrue(cut.uids().isEmpty());
    assertTrue(cut.uidNext() >= 1);
    assertTrue(cut.highestModSeq() >= 1);
    assertEquals(0, cut.firstUnseenUid());
    assertEquals(List.of(), cut.keywords());
    assertEquals(name, cut.info().name());
    assertEquals(cut.info(), mailbox.info());
    assertTrue(cut.info().uidValidity() >= 1 && cut.info().uidValidity() <= UidSet.MAX_UID);
    assertEquals(new Page(List.of(), 0), mailbox.list(ALL, PageLimit.DEFAULT, Set.of()));
  }

  @Test
  default void openNeedsAMailbox() throws Exception {
    assertRefused(Code.NONEXISTENT, () -> tested().open(MailboxName.of("none")));
    tested().create("top/child");
    tested().account().delete(MailboxName.of("top"));
    assertRefused(Code.CANNOT, () -> tested().open(MailboxName.of("top")));
  }

  @Test
  default void everyChangeHasAGreaterModSeq() throws Exception {
    Mailbox inbox = tested().open(INBOX);
    List<Long> modSeqs = new ArrayList<>(List.of(inbox.snapshot().highestModSeq()));
    for (int i = 0; i < 3; i++) {
      tested().append(INBOX);
      modSeqs.add(inbox.snapshot().highestModSeq());
    }
    FlagChange deleted = FlagChange.add(Flags.of(SystemFlag.DELETED));
    modSeqs.add(inbox.storeFlags(UidSet.of(1, 2), deleted, OptionalLong.empty()).modSeq());
    inbox.copy(UidSet.of(1), INBOX);
    modSeqs.add(inbox.snapshot().highestModSeq());
    modSeqs.add(inbox.expungeDeleted(UidSet.of(1)).modSeq());
    modSeqs.add(inbox.move(UidSet.of(2), tested().create("other")).sourceModSeq());
    modSeqs.add(inbox.remove(UidSet.of(3)).modSeq());
    for (int i = 1; i < modSeqs.size(); i++) {
      assertTrue(modSeqs.get(i) > modSeqs.get(i - 1), modSeqs.toString());
    }
    assertEquals(modSeqs.get(modSeqs.size() - 1), inbox.snapshot().highestModSeq());
  }

  @Test
  default void aRowHasWhatWasAskedFor() throws Exception {
    long uid = tested().append(INBOX);
    Mailbox inbox = tested().open(INBOX);
    Row bare = TestedStore.row(inbox, uid);
    assertEquals(Row.of(uid, bare.modSeq(), Flags.NONE), bare);
    Row sized = TestedStore.row(inbox, uid, Item.SIZE);
    assertTrue(sized.size() > 0);
    assertNull(sized.index());
    assertNull(sized.internalDate());
  }

  @Test
  default void pagesAreBoundedInRows() throws Exception {
    Mailbox mailbox = tested().filled("box", 1000);
    mailbox.remove(UidSet.of(7, 8, 9, 400));
    UidSet uids = mailbox.snapshot().uids();
    UidSet asked = UidSet.builder().addRange(5, 20).addRange(300, 900).add(995).build();
    List<Long> told = new ArrayList<>();
    long next = 1;
    while (next > 0) {
      Page page =
          mailbox.list(
              asked.clamp(next, Long.MAX_VALUE), new PageLimit(37, 1 << 20), Set.of(Item.SIZE));
      assertTrue(page.rows().size() <= 37);
      page.rows().forEach(row -> told.add(row.uid()));
      assertTrue(page.next() == 0 || page.next() > told.get(told.size() - 1));
      next = page.next();
    }
    assertEquals(asked.intersect(uids).stream().boxed().toList(), told);
  }

  @Test
  default void pagesAreBoundedInOctets() throws Exception {
    Mailbox mailbox = tested().filled("box", 500);
    Page page = mailbox.list(ALL, new PageLimit(1_000, 2_000), Set.of(Item.INDEX));
    assertTrue(!page.rows().isEmpty() && page.rows().size() < 500, "rows " + page.rows().size());
    assertTrue(page.next() > page.rows().get(page.rows().size() - 1).uid());
    assertEquals(1, mailbox.list(ALL, new PageLimit(1_000, 1), Set.of(Item.INDEX)).rows().size());
  }

  @Test
  default void uidsThatAreNotThereArePassedOver() throws Exception {
    long uid = tested().append(INBOX);
    Mailbox inbox = tested().open(INBOX);
    Page page = inbox.list(UidSet.of(uid, 4_000_000_000L), PageLimit.DEFAULT, Set.of());
    assertEquals(List.of(uid), page.rows().stream().map(Row::uid).toList());
    assertEquals(0, page.next());
    assertEquals(List.of(), inbox.list(UidSet.EMPTY, PageLimit.DEFAULT, Set.of()).rows());
  }

  @Test
  default void recentIsClaimedOnce() throws Exception {
    Mailbox first = tested().open(INBOX);
    long one = tested().append(INBOX);
    assertTrue(first.claimRecent() <= one);
    Mailbox second = tested().open(INBOX);
    assertEquals(second.snapshot().uidNext(), second.claimRecent());
    long two = tested().append(INBOX);
    Mailbox reader = tested().open(INBOX, Access.READ);
    long told = reader.claimRecent();
    assertTrue(told > one && told <= two);
    assertEquals(told, second.claimRecent(), "reading claims nothing");
    assertEquals(second.snapshot().uidNext(), first.claimRecent());
  }

  @Test
  default void claimingIsNoChange() throws Exception {
    tested().append(INBOX);
    Mailbox inbox = tested().open(INBOX);
    Snapshot before = inbox.snapshot();
    inbox.claimRecent();
    assertEquals(before, inbox.snapshot());
  }

  @Test
  default void aDeletedMailboxIsNonexistent() throws Exception {
    MailboxName name = tested().create("doomed");
    long uid = tested().append(name);
    Mailbox mailbox = tested().open(name);
    tested().account().delete(name);
    tested().create("doomed");
    assertRefused(Code.NONEXISTENT, mailbox::snapshot);
    assertRefused(Code.NONEXISTENT, () -> mailbox.list(ALL, PageLimit.DEFAULT, Set.of()));
    assertRefused(Code.NONEXISTENT, () -> mailbox.content(uid));
    assertRefused(Code.NONEXISTENT, () -> mailbox.copy(ALL, INBOX));
    assertRefused(Code.NONEXISTENT, () -> mailbox.move(ALL, INBOX));
    assertRefused(Code.NONEXISTENT, () -> mailbox.remove(ALL));
    assertRefused(Code.NONEXISTENT, () -> mailbox.expungeDeleted(ALL));
    assertRefused(Code.NONEXISTENT, mailbox::claimRecent);
    FlagChange seen = FlagChange.add(Flags.of(SystemFlag.SEEN));
    assertRefused(Code.NONEXISTENT, () -> mailbox.storeFlags(ALL, seen, OptionalLong.empty()));
    assertTrue(tested().open(name).snapshot().uids().isEmpty());
  }
}
