package org.posthorn.imap.command;

import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.SyncPoint;
import org.posthorn.imap.UidOnly;
import org.posthorn.imap.fetch.FetchProgram;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/** FETCH, RFC 9051 section 6.4.5, and UID FETCH, section 6.4.9. */
public final class Fetch implements Command {
  private final boolean byUid;

  private Fetch(boolean byUid) {
    this.byUid = byUid;
  }

  /** FETCH. */
  public static Fetch bySequence() {
    return new Fetch(false);
  }

  /** UID FETCH. */
  public static Fetch byUid() {
    return new Fetch(true);
  }

  @Override
  public String name() {
    return byUid ? "UID FETCH" : "FETCH";
  }

  @Override
  public Set<State> states() {
    return State.IN_MAILBOX;
  }

  @Override
  public SyncPoint syncPoint() {
    return byUid ? SyncPoint.ALL : SyncPoint.NO_EXPUNGE;
  }

  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException {
    in.expectSpace();
    Targets targets = new Targets(in.expectMessageSet(), byUid);
    in.expectSpace();
    FetchProgram program = session.service().registry().fetchPrograms().parse(in);
    FetchModifiers modifiers = FetchModifiers.parse(in, session, byUid);
    return new Items(
        targets, byUid && !UidOnly.isEnabled(session) ? program.withUid() : program, modifiers);
  }

  private record Items(Targets targets, FetchProgram program, FetchModifiers modifiers)
      implements Request {
    @Override
    public void execute(Session session) {
      Fetching.begin(session, program, targets, modifiers);
    }
  }
}
