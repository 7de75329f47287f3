package org.posthorn.imap.command;

import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.fetch.FetchCall;
import org.posthorn.imap.fetch.FetchOutput;
import org.posthorn.imap.fetch.FetchPage;
import org.posthorn.imap.fetch.FetchProgram;
import org.posthorn.protocol.Event;
import org.posthorn.store.UidSet;

/** One FETCH under way: a page is made, sent, and only then the next one made. */
final class Fetching {
  private final Session session;
  private final Selected selected;
  private final FetchProgram program;
  private final long asked;
  private UidSet left;
  private long gone;
  private long octets;

  Fetching(Session session, FetchProgram program, UidSet uids) {
    this.session = session;
    this.selected = session.selected();
    this.program = program;
    this.asked = uids.size();
    this.left = uids;
  }

  /** Makes the next page, or ends the command. */
  void next() {
    if (left.isEmpty()) {
      end();
      return;
    }
    session.call(
        new FetchCall(
            selected.mailbox(),
            program,
            selected.view(),
            left,
            selected.recent(),
            !selected.readOnly(),
            FetchCall.DEFAULT_OCTETS),
        this::page);
  }

  private void page(FetchPage page) {
    selected.own(page.modSeq(), page.seen());
    if (page.modSeq() > 0) {
      selected.touch();
    }
    if (!page.gone().isEmpty()) {
      gone += page.gone().size();
      selected.touch();
    }
    for (FetchOutput.Piece piece : page.output()) {
      if (piece instanceof FetchOutput.Bytes bytes) {
        octets += bytes.octets().remaining();
        session.flow().write(bytes.octets());
      } else if (piece instanceof FetchOutput.Stream stream) {
        octets += stream.source().length();
        session.flow().transfer(stream.source());
      }
    }
    left = page.next() == 0 ? UidSet.EMPTY : left.clamp(page.next(), UidSet.MAX_UID);
    session.flow().whenWritable(this::next);
  }

  private void end() {
    if (program.readsContent() && asked > gone) {
      session.event(
          new Event.Retrieved(
              session.account().identity().account(), (int) (asked - gone), octets));
    }
    if (gone > 0) {
      session.ok(ResponseCode.EXPUNGEISSUED, "FETCH completed, some messages are gone");
    } else {
      session.ok("FETCH completed");
    }
  }
}
