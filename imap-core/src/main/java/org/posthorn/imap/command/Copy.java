package org.posthorn.imap.command;

import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
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

/** COPY, RFC 9051 section 6.4.7, and UID COPY, section 6.4.9. */
public final class Copy implements Command {
  private final boolean byUid;

  private Copy(boolean byUid) {
    this.byUid = byUid;
  }

  /** COPY. */
  public static Copy bySequence() {
    return new Copy(false);
  }

  /** UID COPY. */
  public static Copy byUid() {
    return new Copy(true);
  }

  @Override
  public String name() {
    return byUid ? "UID COPY" : "COPY";
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
      if (uids.isEmpty()) {
        session.ok("COPY completed, there were no such messages");
        return;
      }
      Allowance allowance = Allowance.ofSaving(session, uids);
      if (allowance.isPart()) {
        allowance.finish(session, Status.NO, null, "Too many messages to copy");
        return;
      }
      session.call(
          new CopyCall(session.selected().mailbox(), uids, destination),
          result -> copied(session, result),
          why -> Copies.failed(session, why));
    }

    private void copied(Session session, CopyResult result) {
      Copies.arrived(session, destination, result.copies());
      if (!result.gone().isEmpty()) {
        session.selected().touch();
      }
      if (result.source().isEmpty()) {
        Copies.allGone(session);
      } else {
        session.ok(Copies.code(result), "COPY completed");
      }
    }
  }

  private record CopyCall(Mailbox mailbox, UidSet uids, MailboxName destination)
      implements StoreCall<CopyResult> {
    @Override
    public CopyResult invoke(CallContext context) throws StoreException {
      return mailbox.copy(uids, destination);
    }

    @Override
    public Lane lane() {
      return Batch.lane(uids);
    }
  }
}
