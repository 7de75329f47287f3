package org.posthorn.imap;

import java.util.Set;
import org.posthorn.imap.context.ContextUpdate;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Mailbox;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * Moves the view when the store no longer knows what vanished since: compares with a snapshot, then
 * goes through the messages for changed flags. Costs as much as the mailbox is large; rare.
 */
final class Resync {
  private final Session session;
  private final Selected selected;
  private Runnable then;
  private final long knownModSeq;

  private Resync(Session session, Selected selected, long knownModSeq, Runnable then) {
    this.session = session;
    this.selected = selected;
    this.then = then;
    this.knownModSeq = knownModSeq;
  }

  record SnapshotCall(Mailbox mailbox) implements StoreCall<Snapshot> {
    @Override
    public Snapshot invoke(CallContext context) throws StoreException {
      return mailbox.snapshot();
    }
  }

  record RowsCall(Mailbox mailbox, UidSet uids, PageLimit limit) implements StoreCall<Page> {
    @Override
    public Page invoke(CallContext context) throws StoreException {
      return mailbox.list(uids, limit, Set.of());
    }
  }

  static void run(Session session, Selected selected, boolean expunge, Runnable then) {
    long known = Math.min(selected.cursor().modSeq(), selected.takeUntoldFlags());
    Resync resync = new Resync(session, selected, known, then);
    session.call(
        new SnapshotCall(selected.mailbox()),
        snapshot -> resync.compare(snapshot, expunge),
        resync::failed);
  }

  /** Tells of flags that changed after a MODSEQ; {@link Long#MAX_VALUE} for none. */
  static void flags(Session session, Selected selected, long after, Runnable then) {
    Resync resync = new Resync(session, selected, after, then);
    resync.rows(after == Long.MAX_VALUE ? UidSet.EMPTY : selected.view());
  }

  private void compare(Snapshot snapshot, boolean expunge) {
    SyncResponses responses = new SyncResponses(session, selected);
    UidSet before = selected.view();
    responses.vanished(before.minus(snapshot.uids()), expunge);
    long next = Math.min(selected.lastUid() + 1, UidSet.MAX_UID);
    UidSet arrived =
        selected.lastUid() < UidSet.MAX_UID
            ? snapshot.uids().clamp(next, UidSet.MAX_UID)
            : UidSet.EMPTY;
    responses.arrived(arrived, 1);
    selected.advance(snapshot.cursor(), snapshot.info());
    Runnable end = then;
    UidSet fresh = arrived.minus(selected.takeOwnArrivals());
    then = () -> ContextUpdate.run(session, selected.view(), fresh, end);
    if (session.selectedEvents().flags()) {
      rows(before.intersect(snapshot.uids()));
    } else {
      selected.passOverFlags(knownModSeq);
      then.run();
    }
  }

  private void rows(UidSet uids) {
    if (uids.isEmpty()) {
      then.run();
      return;
    }
    ImapLimits limits = session.service().limits();
    session.call(
        new RowsCall(
            selected.mailbox(), uids, new PageLimit(limits.pageRows(), limits.pageBytes())),
        page -> told(page, uids),
        this::failed);
  }

  private void told(Page page, UidSet uids) {
    SyncResponses responses = new SyncResponses(session, selected);
    for (Row row : page.rows()) {
      if (row.modSeq() > knownModSeq) {
        responses.flags(row);
      }
    }
    session
        .flow()
        .whenWritable(
            () -> rows(page.next() == 0 ? UidSet.EMPTY : uids.clamp(page.next(), UidSet.MAX_UID)));
  }

  private void failed(StoreException why) {
    session.bye(Failures.code(why.code()), "The mailbox could not be read");
  }
}
