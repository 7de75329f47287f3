package org.posthorn.imap.command;

import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.protocol.Event;
import org.posthorn.store.Expunged;
import org.posthorn.store.StoreException;

/** RFC 9051 section 6.4.1: removes what is \Deleted without telling, and selects nothing. */
public final class Close implements Command {
  @Override
  public String name() {
    return "CLOSE";
  }

  @Override
  public Set<State> states() {
    return State.IN_MAILBOX;
  }

  @Override
  public Request parse(CommandReader in, Session session) {
    return Close::execute;
  }

  private static void execute(Session session) {
    Selected selected = session.selected();
    if (selected.readOnly() || selected.view().isEmpty()) {
      closed(session);
    } else {
      session.call(
          new Expunge.ExpungeCall(selected.mailbox(), selected.view()),
          expunged -> expunged(session, expunged),
          why -> failed(session, why));
    }
  }

  /** Without the right to expunge it is closed all the same (RFC 4314 section 4). */
  private static void failed(Session session, StoreException why) {
    if (why.code() == StoreException.Code.NO_PERMISSION) {
      closed(session);
    } else {
      session.fail(why);
    }
  }

  private static void expunged(Session session, Expunged expunged) {
    if (!expunged.uids().isEmpty()) {
      session.event(
          new Event.Expunged(session.account().identity().account(), (int) expunged.uids().size()));
    }
    closed(session);
  }

  private static void closed(Session session) {
    session.unselect();
    session.ok("CLOSE completed");
  }
}
