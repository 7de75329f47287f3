package org.posthorn.imap.command;

import java.util.OptionalLong;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.condstore.CondStore;
import org.posthorn.imap.condstore.History;
import org.posthorn.imap.condstore.Vanished;
import org.posthorn.imap.esearch.PartialRange;
import org.posthorn.imap.fetch.FetchPages;
import org.posthorn.imap.fetch.FetchProgram;
import org.posthorn.imap.fetch.ModSeqItem;
import org.posthorn.protocol.Event;
import org.posthorn.store.UidSet;

/** One FETCH under way: finds out which messages are meant, then tells of them. */
final class Fetching {
  private final Session session;
  private final Selected selected;
  private final FetchProgram program;
  private final Targets targets;

  Fetching(Session session, FetchProgram program, Targets targets) {
    this.session = session;
    this.selected = session.selected();
    this.program = program.tellingOfSeen(CondStore.state(session));
    this.targets = targets;
  }

  static void begin(
      Session session, FetchProgram program, Targets targets, FetchModifiers modifiers) {
    OptionalLong since = modifiers.changedSince();
    FetchProgram full = since.isPresent() ? program.with(ModSeqItem.MODSEQ) : program;
    if (full.list().contains(ModSeqItem.MODSEQ)) {
      if (!session.selected().hasModSeqs()) {
        session.bad("This mailbox has no MODSEQs");
        return;
      }
      CondStore.enable(session);
    }
    UidSet uids = targets.resolve(session);
    if (uids == null) {
      return;
    }
    Fetching fetching = new Fetching(session, full, targets);
    PartialRange partial = modifiers.partial();
    UidSet part =
        partial == null ? uids : uids.slice(partial.from(uids.size()), partial.to(uids.size()));
    if (since.isPresent()) {
      fetching.changed(part, since.getAsLong(), modifiers.vanished());
    } else {
      fetching.fetch(part);
    }
  }

  private void changed(UidSet uids, long since, boolean vanished) {
    History.since(
        session,
        since,
        history -> {
          UidSet changed = uids.intersect(history.changed());
          if (vanished) {
            Vanished.earlier(session, gone(history), () -> fetch(changed));
          } else {
            fetch(changed);
          }
        },
        session::fail);
  }

  /** RFC 7162 section 3.2.6; what the client still has in its view it is told of at the end. */
  private UidSet gone(History history) {
    UidSet named = targets.set().numbers(selected.lastUid()).clamp(1, selected.lastUid());
    return (history.lost() ? named : named.intersect(history.vanished())).minus(selected.view());
  }

  private void fetch(UidSet uids) {
    new FetchPages(session, program, uids, pages -> end(pages, uids.size())).next();
  }

  private void end(FetchPages pages, long asked) {
    long told = asked - pages.gone();
    if (program.readsContent() && told > 0) {
      session.event(
          new Event.Retrieved(session.account().identity().account(), (int) told, pages.octets()));
    }
    if (pages.undecodable()) {
      session.no(ResponseCode.UNKNOWN_CTE, "Some parts are encoded in an unknown way");
    } else if (pages.gone() > 0) {
      session.ok(ResponseCode.EXPUNGEISSUED, "FETCH completed, some messages are gone");
    } else {
      session.ok("FETCH completed");
    }
  }
}
