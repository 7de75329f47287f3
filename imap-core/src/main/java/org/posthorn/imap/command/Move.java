package org.posthorn.imap.command;

import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.Status;
import org.posthorn.imap.limit.Allowance;
import org.posthorn.imap.limit.Batch;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.CopyResult;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** MOVE and UID MOVE, RFC 6851: COPYUID comes before the EXPUNGE responses. */
public final class Move implements Command {
  private final boolean byUid;

  private Move(boolean byUid) {
    this.byUid = byUid;
  }

  /** MOVE. */
  public static Move bySequence() {
    return new Move(false);
  }

  /** UID MOVE. */
  public static Move byUid() {
    return new Move(true);
  }

  @Override
  public String name() {
    return byUid ? "UID MOVE" : "MOVE";
  }

  @Override
  public Set<State> states() {
    return State.IN_MAILBOX;
  }

  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    in.expectSpace();
    Targets targets = new Targets(in.expectMessageSet(), byUid);
    return new To(targets, Names.mailbox(in, session));
  }

  private record To(Targets targets, MailboxName destination) implements Request {
    @Override
    public void execute(Session session) {
      UidSet uids = targets.resolve(session);
      if (uids == null) {
        return;
      }
      Selected selected = session.selected();
      if (selected.readOnly()) {
        session.no(ResponseCode.READ_ONLY, "Mailbox is read-only");
      } else if (uids.isEmpty()) {
        session.ok("MOVE completed, there were no such messages");
      } else {
        Allowance allowance = Allowance.of(session, uids);
        session.call(
            new MoveCall(selected.mailbox(), allowance.uids(), destination),
            result -> moved(session, result, allowance),
            why -> Copies.failed(session, why));
      }
    }

    private void moved(Session session, CopyResult result, Allowance allowance) {
      session.selected().removed(result.source());
      Copies.arrived(session, destination, result.copies());
      if (result.source().isEmpty()) {
        Copies.allGone(session);
        return;
      }
      session.untagged(Status.OK, Copies.code(result), "Moved");
      allowance.finish(session, Status.OK, null, "MOVE completed");
    }
  }

  private record MoveCall(Mailbox mailbox, UidSet uids, MailboxName destination)
      implements StoreCall<CopyResult> {
    @Override
    public CopyResult invoke(CallContext context) throws StoreException {
      return mailbox.move(uids, destination);
    }

    @Override
    public Lane lane() {
      return Batch.lane(uids);
    }
  }
}
