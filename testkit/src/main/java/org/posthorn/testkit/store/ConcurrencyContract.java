package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthorn.store.MailboxName.INBOX;
import static org.posthorn.testkit.store.TestedStore.octets;
import static org.posthorn.testkit.store.TestedStore.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Appended;
import org.posthorn.store.Changes;
import org.posthorn.store.Cursor;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.FlagsResult;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.Snapshot;
import org.posthorn.store.UidSet;

/** Promises that only real threads can break. */
public interface ConcurrencyContract extends ContractPart {
  @Test
  default void noSmallerUidAppearsLater() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (Crew crew = new Crew()) {
      List<Future<Boolean>> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        writers.add(crew.start(() -> appendSome(30)));
      }
      for (int i = 0; i < 2; i++) {
        crew.add(() -> watchUidsGrow(done));
        crew.add(() -> watchFeedGrow(done));
      }
      for (Future<Boolean> writer : writers) {
        Crew.join(writer);
      }
      done.set(true);
      crew.join();
    }
    assertEquals(4 * 30 * 3 / 2, tested().open(INBOX).snapshot().uids().size());
  }

  /** One message and two messages by turns. */
  private Boolean appendSome(int groups) throws Exception {
    for (int n = 0; n < groups; n++) {
      try (AppendGroup group = tested().account().beginAppend(INBOX, Optional.empty())) {
        for (int i = 0; i <= n % 2; i++) {
          write(group, AppendSpec.plain(), octets("Subject: " + n + "\r\n\r\n"));
        }
        Appended appended = group.commit();
        assertEquals(n % 2 + 1, appended.uids().size());
        assertTrue(tested().open(INBOX).snapshot().uids().containsAll(appended.uids()));
      }
    }
    return true;
  }

  private Boolean watchUidsGrow(AtomicBoolean done) throws Exception {
    Mailbox inbox = tested().open(INBOX);
    Snapshot before = inbox.snapshot();
    while (!done.get()) {
      Snapshot now = inbox.snapshot();
      assertEquals(before.uids(), now.uids().clamp(1, before.uidNext() - 1));
      assertTrue(now.uidNext() > now.uids().last());
      assertTrue(now.highestModSeq() >= before.highestModSeq());
      assertFalse(
          now.highestModSeq() == before.highestModSeq() && !now.uids().equals(before.uids()));
      before = now;
    }
    return true;
  }

  private Boolean watchFeedGrow(AtomicBoolean done) throws Exception {
    Mailbox inbox = tested().open(INBOX);
    Cursor at = Cursor.after(1);
    UidSet known = UidSet.EMPTY;
    boolean last = false;
    while (!last) {
      last = done.get();
      Changes page = inbox.changesSince(at, new PageLimit(7, 1 << 20));
      for (Row row : page.changed()) {
        assertTrue(row.uid() > known.last(), row.uid() + " after " + known);
        assertTrue(row.modSeq() >= at.modSeq());
        known = known.union(UidSet.of(row.uid()));
      }
      at = page.next();
      last &= !page.more();
    }
    assertEquals(inbox.snapshot().uids(), known);
    return true;
  }

  @Test
  default void unchangedSinceLetsOneOfManyWin() throws Exception {
    long uid = tested().append(INBOX);
    try (Crew crew = new Crew()) {
      List<Future<List<Long>>> winners = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String keyword = "worker" + i;
        winners.add(crew.start(() -> winSome(uid, keyword, 15)));
      }
      List<Long> overwritten = new ArrayList<>();
      for (Future<List<Long>> winner : winners) {
        overwritten.addAll(Crew.join(winner));
      }
      assertEquals(60, overwritten.size());
      assertEquals(60, overwritten.stream().distinct().count(), "one state was changed twice");
    }
  }

  /** Changes a message until that went well so many times; gives the MODSEQs it overwrote. */
  private List<Long> winSome(long uid, String keyword, int times) throws Exception {
    Mailbox inbox = tested().open(INBOX);
    List<Long> overwritten = new ArrayList<>();
    while (overwritten.size() < times) {
      Row before = TestedStore.row(inbox, uid);
      Flags word = Flags.NONE.withKeyword(keyword);
      FlagChange toggle =
          before.flags().hasKeyword(keyword) ? FlagChange.remove(word) : FlagChange.add(word);
      FlagsResult result =
          inbox.storeFlags(UidSet.of(uid), toggle, OptionalLong.of(before.modSeq()));
      if (result.changed().contains(uid)) {
        overwritten.add(before.modSeq());
        assertTrue(result.modSeq() > before.modSeq());
      } else {
        assertEquals(UidSet.of(uid), result.refused());
      }
    }
    return overwritten;
  }

  @Test
  default void aMovedMessageIsInOneOfBothMailboxes() throws Exception {
    MailboxName left = tested().create("left");
    MailboxName right = tested().create("right");
    tested().append(left);
    AtomicBoolean done = new AtomicBoolean();
    try (Crew crew = new Crew()) {
      Future<Boolean> mover =
          crew.start(
              () -> {
                Mailbox here = tested().open(left);
                Mailbox there = tested().open(right);
                for (int i = 0; i < 30; i++) {
                  assertEquals(1, here.move(here.snapshot().uids(), right).copies().size());
                  assertEquals(1, there.move(there.snapshot().uids(), left).copies().size());
                }
                return true;
              });
      crew.add(
          () -> {
            Mailbox here = tested().open(left);
            Mailbox there = tested().open(right);
            while (!done.get()) {
              // Without a change meanwhile both cuts are of one moment.
              Snapshot before = here.snapshot();
              Snapshot other = there.snapshot();
              if (here.snapshot().highestModSeq() == before.highestModSeq()) {
                assertEquals(1, before.uids().size() + other.uids().size());
              }
            }
            return true;
          });
      Crew.join(mover);
      done.set(true);
      crew.join();
    }
  }

  @Test
  default void aCopyBecomesVisibleAtOnce() throws Exception {
    Mailbox source = tested().filled("source", 50);
    MailboxName name = tested().create("target");
    AtomicBoolean done = new AtomicBoolean();
    try (Crew crew = new Crew()) {
      Future<Boolean> copier =
          crew.start(
              () -> {
                for (int i = 0; i < 10; i++) {
                  source.copy(TestedStore.ALL, name);
                }
                return true;
              });
      crew.add(
          () -> {
            Mailbox target = tested().open(name);
            while (!done.get()) {
              assertEquals(0, target.snapshot().uids().size() % 50);
            }
            return true;
          });
      Crew.join(copier);
      done.set(true);
      crew.join();
    }
    assertEquals(500, tested().open(name).snapshot().uids().size());
  }
}
