package org.posthorn.imap.condstore;

import java.util.function.Consumer;
import org.posthorn.imap.ImapLimits;
import org.posthorn.imap.Session;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Changes;
import org.posthorn.store.Cursor;
import org.posthorn.store.Mailbox;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * What happened in the selected mailbox after a MODSEQ, read page by page. Only UIDs are kept.
 *
 * @param changed messages that are new or have other flags
 * @param vanished messages that are gone
 * @param lost {@code vanished} is not complete: the store does not remember that far back
 */
public record History(UidSet changed, UidSet vanished, boolean lost) {

  /** Reads it, then goes on. */
  public static void since(
      Session session, long modSeq, Consumer<History> then, Consumer<StoreException> failed) {
    new Reading(session, then, failed).next(Cursor.after(modSeq));
  }

  /** One page of changes. */
  private record ChangesCall(Mailbox mailbox, Cursor from, PageLimit limit)
      implements StoreCall<Changes> {
    @Override
    public Changes invoke(CallContext context) throws StoreException {
      return mailbox.changesSince(from, limit);
    }
  }

  private static final class Reading {
    private final Session session;
    private final Consumer<History> then;
    private final Consumer<StoreException> failed;
    private final UidSet.Builder changed = UidSet.builder();
    private final UidSet.Builder vanished = UidSet.builder();
    private boolean lost;

    Reading(Session session, Consumer<History> then, Consumer<StoreException> failed) {
      this.session = session;
      this.then = then;
      this.failed = failed;
    }

    void next(Cursor from) {
      ImapLimits limits = session.service().limits();
      session.call(
          new ChangesCall(
              session.selected().mailbox(),
              from,
              new PageLimit(limits.pageRows(), limits.pageBytes())),
          this::page,
          failed);
    }

    private void page(Changes changes) {
      if (changes.mailboxGone()) {
        session.mailboxGone();
        return;
      }
      for (Row row : changes.changed()) {
        changed.add(row.uid());
      }
      vanished.addAll(changes.vanished());
      lost |= changes.historyLost();
      if (changes.more()) {
        next(changes.next());
      } else {
        then.accept(new History(changed.build(), vanished.build(), lost));
      }
    }
  }
}
