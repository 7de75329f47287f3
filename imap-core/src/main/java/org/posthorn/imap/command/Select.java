package org.posthorn.imap.command;

import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.MailboxFlags;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.Status;
import org.posthorn.imap.SyncPoint;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.protocol.Event;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Snapshot;

/** SELECT and EXAMINE, RFC 3501 sections 6.3.1 and 6.3.2. */
public final class Select implements Command {
  private final String name;
  private final boolean readOnly;

  private Select(String name, boolean readOnly) {
    this.name = name;
    this.readOnly = readOnly;
  }

  /** The command that opens for reading and writing. */
  public static Select select() {
    return new Select("SELECT", false);
  }

  /** The command that opens for reading. */
  public static Select examine() {
    return new Select("EXAMINE", true);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  /** The view is new. */
  @Override
  public SyncPoint syncPoint() {
    return SyncPoint.NONE;
  }

  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    return new Open(Names.mailbox(in, session), readOnly);
  }

  private record Open(MailboxName name, boolean readOnly) implements Request {
    @Override
    public void execute(Session session) {
      // Whether the other can be opened or not, this one is no longer selected.
      if (session.state() == State.SELECTED) {
        session.unselect();
        session.untagged(Status.OK, ResponseCode.CLOSED, "Previous mailbox closed");
      }
      session.call(
          new SelectCall(session.account(), name, readOnly, session.effects().hints()),
          opened -> tell(session, opened));
    }

    private void tell(Session session, SelectCall.Opened opened) {
      Snapshot snapshot = opened.snapshot();
      Selected selected =
          new Selected(
              opened.mailbox(), opened.watch(), opened.readOnly(), snapshot, opened.firstRecent());
      session.select(selected);
      session.event(
          new Event.Selected(
              session.account().identity().account(),
              selected.info().name(),
              (int) selected.view().size()));
      MailboxFlags.write(session, selected);
      session.out().untagged().number(selected.view().size()).words(" EXISTS").crlf();
      session.out().untagged().number(selected.recent().size()).words(" RECENT").crlf();
      if (snapshot.firstUnseenUid() > 0 && selected.view().contains(snapshot.firstUnseenUid())) {
        long unseen = selected.sequence(snapshot.firstUnseenUid());
        session.untagged(Status.OK, ResponseCode.number("UNSEEN", unseen), "First unseen");
      }
      long uidValidity = selected.info().uidValidity();
      session.untagged(Status.OK, ResponseCode.number("UIDVALIDITY", uidValidity), "UIDs valid");
      session.untagged(
          Status.OK, ResponseCode.number("UIDNEXT", snapshot.uidNext()), "Predicted next UID");
      session.ok(
          opened.readOnly() ? ResponseCode.READ_ONLY : ResponseCode.READ_WRITE,
          readOnly ? "EXAMINE completed" : "SELECT completed");
    }
  }
}
