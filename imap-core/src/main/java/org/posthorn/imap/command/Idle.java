package org.posthorn.imap.command;

import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.SyncPoint;
import org.posthorn.imap.Waiting;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.mime.Octets;

/** RFC 2177, RFC 9051 section 6.3.13. Holds no thread and makes no call while nothing happens. */
public final class Idle implements Command {
  @Override
  public String name() {
    return "IDLE";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  @Override
  public Request parse(CommandReader in, Session session) {
    return Idle::execute;
  }

  private static void execute(Session session) {
    session.out().continuation().words("idling").crlf();
    Watcher watcher = new Watcher(session);
    session.readLine(line -> done(session, line));
    session.waitForChanges(watcher);
    session.lookForChanges();
  }

  private static void done(Session session, Octets line) {
    if (line.equalsIgnoreCase("DONE")) {
      session.lookForChanges();
      session.ok("IDLE terminated");
    } else {
      session.bad("Expected DONE");
    }
  }

  private static final class Watcher implements Waiting {
    private final Session session;
    private long lastWord;

    Watcher(Session session) {
      this.session = session;
      lastWord = session.effects().nanoTime();
    }

    @Override
    public void changed() {
      session.sync(SyncPoint.ALL, () -> lastWord = session.effects().nanoTime());
    }

    @Override
    public void tick() {
      if (session.effects().nanoTime() - wakeUp() >= 0) {
        session.out().untagged().words("OK Still here").crlf();
        lastWord = session.effects().nanoTime();
        session.lookForChanges();
      }
    }

    @Override
    public long wakeUp() {
      return lastWord + session.service().limits().keepAlive().toNanos();
    }
  }
}
