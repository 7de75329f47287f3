package org.posthorn.imap.command;

import java.util.OptionalLong;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.Status;
import org.posthorn.imap.condstore.CondStore;
import org.posthorn.imap.condstore.History;
import org.posthorn.imap.condstore.Vanished;
import org.posthorn.imap.esearch.PartialRange;
import org.posthorn.imap.fetch.FetchPages;
import org.posthorn.imap.fetch.FetchProgram;
import org.posthorn.imap.fetch.ModSeqItem;
import org.posthorn.imap.limit.Allowance;
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
    if (partial != null) {
      ResponseCode refusal = Allowance.refusal(session, partial.length());
      if (refusal != null) {
        session.no(refusal, "More messages than one command may work on");
        return;
      }
    }
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
    Allowance allowance = Allowance.of(session, uids);
    new FetchPages(session, program, allowance.uids(), pages -> end(pages, allowance))
        .newestFirst(allowance.isPart())
        .next();
  }

  private void end(FetchPages pages, Allowance allowance) {
    long asked = allowance.uids().size();
    long told = asked - pages.gone();
    if (program.readsContent() && told > 0) {
      session.event(
          new Event.Retrieved(session.account().identity().account(), (int) told, pages.octets()));
    }
    if (pages.undecodable()) {
      allowance.finish(
          session, Status.NO, ResponseCode.UNKNOWN_CTE, "Some parts are encoded in an unknown way");
    } else if (pages.gone() > 0) {
      allowance.finish(
          session,
          Status.OK,
          ResponseCode.EXPUNGEISSUED,
          "FETCH completed, some messages are gone");
    } else {
      allowance.finish(session, Status.OK, null, "FETCH completed");
    }
  }
}
