package org.posthorn.imap;

import org.posthorn.imap.context.ContextUpdate;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Changes;
import org.posthorn.store.Cursor;
import org.posthorn.store.Mailbox;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * Moves the view of a selected mailbox to the store's truth and tells the client: EXPUNGE from the
 * highest number down, then EXISTS and RECENT, then FETCH with flags. The only place that writes
 * these unasked.
 */
final class Sync {
  private final Session session;
  private final Selected selected;
  private final boolean expunge;
  private final Runnable then;
  private UidSet arrived = UidSet.EMPTY;
  private long recentFrom = Long.MAX_VALUE;
  private UidSet changed = UidSet.EMPTY;

  private Sync(Session session, Selected selected, boolean expunge, Runnable then) {
    this.session = session;
    this.selected = selected;
    this.expunge = expunge;
    this.then = then;
  }

  /** One page of changes, and the claim to \Recent for what is new in it. */
  record SyncCall(Mailbox mailbox, Cursor from, PageLimit limit, long lastUid)
      implements StoreCall<SyncCall.Result> {
    record Result(Changes changes, long firstRecent) {}

    @Override
    public Result invoke(CallContext context) throws StoreException {
      Changes changes = mailbox.changesSince(from, limit);
      boolean arrivals = changes.changed().stream().anyMatch(row -> row.uid() > lastUid);
      long firstRecent = arrivals ? mailbox.claimRecent() : 0;
      return new Result(changes, firstRecent);
    }

    @Override
    public Lane lane() {
      return Lane.STORE;
    }
  }

  /** Syncs when there is reason to, then goes on. */
  static void run(Session session, Selected selected, SyncPoint point, Runnable then) {
    boolean expunge = point == SyncPoint.ALL;
    if (!session.selectedEvents().messages()) {
      tellOwn(session, selected, expunge);
      then.run();
    } else if (selected.dirty() || (expunge && !selected.vanished().isEmpty())) {
      new Sync(session, selected, expunge, then).begin();
    } else {
      then.run();
    }
  }

  /** Where nothing is to be told unasked (RFC 5465), EXPUNGE and MOVE have their answers still. */
  private static void tellOwn(Session session, Selected selected, boolean expunge) {
    UidSet removed = expunge ? selected.takeRemoved() : UidSet.EMPTY;
    if (!removed.isEmpty()) {
      new SyncResponses(session, selected).vanished(removed, true);
    }
  }

  private void begin() {
    // A hint that comes from now on is about something that this call may not see any more.
    selected.clean();
    selected.takeRemoved();
    next();
  }

  private void next() {
    ImapLimits limits = session.service().limits();
    session.call(
        new SyncCall(
            selected.mailbox(),
            selected.cursor(),
            new PageLimit(limits.pageRows(), limits.pageBytes()),
            selected.lastUid()),
        this::page,
        this::failed);
  }

  private void page(SyncCall.Result result) {
    Changes changes = result.changes();
    if (changes.mailboxGone()) {
      session.mailboxGone();
      return;
    }
    if (changes.historyLost()) {
      Resync.run(session, selected, expunge, then);
      return;
    }
    if (!apply(changes, result.firstRecent())) {
      session.bye(ResponseCode.SERVERBUG, "The mailbox is inconsistent");
      return;
    }
    selected.advance(changes.next(), changes.info());
    session.flow().whenWritable(changes.more() ? this::next : this::flags);
  }

  private boolean apply(Changes changes, long firstRecent) {
    long lastKnown = selected.lastUid();
    UidSet.Builder newcomers = UidSet.builder().addAll(arrived);
    for (Row row : changes.changed()) {
      if (row.uid() > lastKnown) {
        newcomers.add(row.uid());
      } else if (!selected.view().contains(row.uid())) {
        return false;
      }
    }
    // What came and went before its EXISTS was never there for this client.
    arrived = newcomers.build().minus(changes.vanished());
    if (firstRecent > 0) {
      recentFrom = Math.min(recentFrom, firstRecent);
    }
    SyncResponses responses = new SyncResponses(session, selected);
    responses.vanished(changes.vanished(), expunge);
    if (!changes.more() && !responses.arrived(arrived, recentFrom)) {
      return false;
    }
    UidSet.Builder others = UidSet.builder().addAll(changed);
    for (Row row : changes.changed()) {
      // Of what has just come the client asks for itself.
      if (row.uid() <= lastKnown) {
        others.add(row.uid());
        if (session.selectedEvents().flags()) {
          responses.flags(row);
        } else {
          selected.passOverFlags();
        }
      }
    }
    changed = others.build();
    return true;
  }

  /** What NOTIFY had passed over before another NOTIFY asked for it. */
  private void flags() {
    UidSet fresh = arrived.minus(selected.takeOwnArrivals());
    Runnable last = () -> ContextUpdate.run(session, changed.union(arrived), fresh, then);
    if (session.selectedEvents().flags()) {
      Resync.flags(session, selected, selected.takeUntoldFlags(), last);
    } else {
      last.run();
    }
  }

  private void failed(StoreException why) {
    if (why.code() == StoreException.Code.NONEXISTENT) {
      session.mailboxGone();
      return;
    }
    // The command itself was done; what could not be told now is told at the next permitted point.
    // An IDLE under way or NOTIFY asks again by itself; at once and for ever it must not.
    if (session.commandRunning() && session.waiting() == null) {
      selected.touch();
    } else {
      session.mayHaveMissed();
    }
    session.fault("sync", why);
    then.run();
  }
}
