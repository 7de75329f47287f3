package org.posthorn.store.memory.faulty;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.Changes;
import org.posthorn.store.Cursor;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** Faults of what a mailbox tells and of its feed. */
final class MailboxFaults {
  private MailboxFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>(telling());
    faults.addAll(feeding());
    return faults;
  }

  private static List<Fault> telling() {
    return List.of(
        Fault.of("snapshots are those of the first call")
            .at("Mailbox.snapshot", MailboxFaults::old),
        Fault.of("snapshots lack each third message")
            .bending("Mailbox.snapshot", Snapshot.class, MailboxFaults::thirdsHidden),
        Fault.of("the first message is unseen always")
            .bending("Mailbox.snapshot", Snapshot.class, s -> snapshot(s, 1, s.keywords())),
        Fault.of("no message is unseen and no keyword known")
            .bending("Mailbox.snapshot", Snapshot.class, s -> snapshot(s, 0, List.of())),
        Fault.of("rows have all there is")
            .at("Mailbox.list", call -> call.with(2, Set.of(Item.values())).answer()),
        Fault.of("pages are as long as they like")
            .at("Mailbox.list", call -> call.with(1, new PageLimit(100_000, 1 << 26)).answer()),
        Fault.of("there are rows of what is not there").at("Mailbox.list", MailboxFaults::invented),
        Fault.of("identities are words that no protocol takes")
            .bending("Mailbox.list", Page.class, p -> ids(p, "not one word", "not one word")),
        Fault.of("all messages are one thread")
            .bending("Mailbox.list", Page.class, p -> ids(p, null, "T1")),
        Fault.of("each message is a thread of its own")
            .bending("Mailbox.list", Page.class, p -> ids(p, null, null)),
        Fault.of("nothing is ever \\Recent for anybody else").at("Mailbox.claimRecent", call -> 1L),
        Fault.of("nothing is ever \\Recent for who claims it")
            .at("Mailbox.claimRecent", call -> call.target(Mailbox.class).snapshot().uidNext()),
        Fault.of("who claims \\Recent changes the messages")
            .at("Mailbox.claimRecent", MailboxFaults::flagging));
  }

  private static Object old(Call call) throws StoreException {
    Mailbox mailbox = call.target(Mailbox.class);
    Snapshot now = call.answer(Snapshot.class);
    return call.memory().computeIfAbsent("snapshot of " + mailbox.info().id(), k -> now);
  }

  private static Snapshot thirdsHidden(Snapshot s) {
    UidSet.Builder left = UidSet.builder();
    s.uids()
        .forEachUid(
            uid -> {
              if (uid % 3 != 0) left.add(uid);
            });
    return new Snapshot(
        s.info(), left.build(), s.uidNext(), s.highestModSeq(), s.firstUnseenUid(), s.keywords());
  }

  private static Snapshot snapshot(Snapshot s, long unseen, List<String> keywords) {
    return new Snapshot(s.info(), s.uids(), s.uidNext(), s.highestModSeq(), unseen, keywords);
  }

  private static Object invented(Call call) throws StoreException {
    Page page = call.answer(Page.class);
    long last = call.argument(0, UidSet.class).last();
    if (page.next() != 0 || last < 1_000_000) {
      return page;
    }
    List<Row> rows = new ArrayList<>(page.rows());
    rows.add(Row.of(last, 1, Flags.NONE));
    return new Page(rows, 0);
  }

  private static Page ids(Page page, @Nullable String email, @Nullable String thread) {
    List<Row> rows = new ArrayList<>();
    for (Row r : page.rows()) {
      rows.add(
          r.emailId() == null
              ? r
              : new Row(
                  r.uid(),
                  r.modSeq(),
                  r.flags(),
                  r.size(),
                  r.internalDate(),
                  r.saveDate(),
                  email == null ? r.emailId() : email,
                  thread == null ? "own" + r.uid() + "-" + r.emailId() : thread,
                  r.index()));
    }
    return new Page(rows, page.next());
  }

  private static Object flagging(Call call) throws StoreException {
    Mailbox mailbox = call.target(Mailbox.class);
    mailbox.storeFlags(
        mailbox.snapshot().uids(),
        FlagChange.add(Flags.of(SystemFlag.FLAGGED)),
        OptionalLong.empty());
    return call.answer();
  }

  private static List<Fault> feeding() {
    return List.of(
        Fault.of("the feed is silent")
            .bending(
                "Mailbox.changesSince", Changes.class, c -> changes(c, List.of(), UidSet.EMPTY)),
        Fault.of("the feed tells everything every time")
            .at("Mailbox.changesSince", MailboxFaults::all),
        Fault.of("the feed tells its first row twice")
            .bending(
                "Mailbox.changesSince",
                Changes.class,
                c -> changes(c, doubled(c.changed()), c.vanished())),
        Fault.of("the feed hides what vanished")
            .bending(
                "Mailbox.changesSince", Changes.class, c -> changes(c, c.changed(), UidSet.EMPTY)),
        Fault.of("the feed hides that the mailbox is gone")
            .bending(
                "Mailbox.changesSince",
                Changes.class,
                c ->
                    new Changes(
                        c.changed(),
                        c.vanished(),
                        c.next(),
                        c.more(),
                        c.historyLost(),
                        false,
                        c.info(),
                        c.uidNext(),
                        c.highestModSeq())));
  }

  private static Object all(Call call) throws StoreException {
    Cursor from = call.argument(0, Cursor.class);
    return (from.uid() == Long.MAX_VALUE ? call.with(0, new Cursor(0, 0)) : call).answer();
  }

  private static List<Row> doubled(List<Row> rows) {
    List<Row> doubled = new ArrayList<>(rows);
    if (!rows.isEmpty()) {
      doubled.add(rows.get(0));
    }
    return doubled;
  }

  /** What is left out is never told: the page says that nothing more is to come. */
  private static Changes changes(Changes c, List<Row> changed, UidSet vanished) {
    return new Changes(
        changed,
        vanished,
        c.next(),
        !changed.isEmpty() && c.more(),
        false,
        c.mailboxGone(),
        c.info(),
        c.uidNext(),
        c.highestModSeq());
  }
}
