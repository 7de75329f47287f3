package org.posthorn.imap;

import org.posthorn.imap.condstore.CondStore;
import org.posthorn.imap.condstore.Qresync;
import org.posthorn.imap.condstore.Vanished;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.store.Row;
import org.posthorn.store.UidSet;

/** The untagged responses that tell a client how its mailbox moved (RFC 9051 sections 7.4, 7.5). */
final class SyncResponses {
  private final Session session;
  private final Selected selected;
  private final ResponseEncoder out;

  SyncResponses(Session session, Selected selected) {
    this.session = session;
    this.selected = selected;
    this.out = session.out();
  }

  /** Messages are gone; without leave for EXPUNGE that is kept for later. */
  void vanished(UidSet uids, boolean expunge) {
    selected.contexts().vanished(session, uids);
    selected.hold(uids);
    if (!expunge) {
      return;
    }
    if (UidOnly.isEnabled(session) || Qresync.speaksOfVanished(session, selected)) {
      Vanished.now(session, selected.expunge());
    } else {
      selected.expungeByNumber(number -> out.untagged().number(number).words(" EXPUNGE").crlf());
    }
  }

  /** Messages came; returns false when their UIDs do not lie behind all known ones. */
  boolean arrived(UidSet uids, long firstRecent) {
    if (!selected.append(uids, firstRecent)) {
      return false;
    }
    if (!uids.isEmpty()) {
      out.untagged().number(selected.view().size()).words(" EXISTS").crlf();
      if (!Imap4rev2.isEnabled(session)) {
        out.untagged().number(selected.recent().size()).words(" RECENT").crlf();
      }
    }
    return true;
  }

  /** A message may have other flags than the client thinks. */
  void flags(Row row) {
    boolean known = selected.view().contains(row.uid()) && !selected.vanished().contains(row.uid());
    selected.announceKeywords(session, row.flags());
    if (known && !selected.isOwn(row)) {
      write(row);
      session.flushIfLarge();
    }
  }

  private void write(Row row) {
    session.fetchView().begin(row.uid(), out);
    boolean condStore = CondStore.isEnabled(session);
    // RFC 5465 section 5.1 wants the UID as RFC 7162 does.
    boolean uid = condStore || session.notificationsOrNull() != null;
    if (uid && !UidOnly.isEnabled(session)) {
      out.words("UID ").number(row.uid()).sp();
    }
    out.words("FLAGS ").flags(row.flags(), session.shownRecent().contains(row.uid()));
    if (condStore) {
      out.words(" MODSEQ (").number(row.modSeq()).close();
      selected.told(row.modSeq());
    }
    out.close().crlf();
  }
}
