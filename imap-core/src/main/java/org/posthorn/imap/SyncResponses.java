package org.posthorn.imap;

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
    selected.hold(uids);
    if (expunge) {
      selected.expunge(number -> out.untagged().number(number).words(" EXPUNGE").crlf());
    }
  }

  /** Messages came; returns false when their UIDs do not lie behind all known ones. */
  boolean arrived(UidSet uids, long firstRecent) {
    if (!selected.append(uids, firstRecent)) {
      return false;
    }
    if (!uids.isEmpty()) {
      out.untagged().number(selected.view().size()).words(" EXISTS").crlf();
      out.untagged().number(selected.recent().size()).words(" RECENT").crlf();
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
    out.untagged().number(selected.sequence(row.uid())).words(" FETCH (FLAGS ");
    out.flags(row.flags(), selected.recent().contains(row.uid()));
    out.close().crlf();
  }
}
