package org.posthorn.imap.thread;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Command;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.SyncPoint;
import org.posthorn.imap.search.SearchParser;
import org.posthorn.imap.search.SearchProgram;
import org.posthorn.imap.search.SearchRefused;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/** THREAD and UID THREAD, RFC 5256 section 3. */
final class ThreadCommand implements Command {
  private final boolean byUid;

  private ThreadCommand(boolean byUid) {
    this.byUid = byUid;
  }

  static ThreadCommand bySequence() {
    return new ThreadCommand(false);
  }

  static ThreadCommand byUid() {
    return new ThreadCommand(true);
  }

  @Override
  public String name() {
    return byUid ? "UID THREAD" : "THREAD";
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
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    in.expectSpace();
    int start = in.position();
    String name = in.expectName();
    ThreadAlgorithm algorithm = algorithm(name, session);
    if (algorithm == null) {
      throw new SyntaxException("unknown threading algorithm", start);
    }
    in.expectSpace();
    try {
      SearchProgram program = SearchParser.parseInCharset(in, session);
      return running -> new Threading(running, program, algorithm, byUid).begin();
    } catch (SearchRefused e) {
      throw e.refused();
    }
  }

  private static @Nullable ThreadAlgorithm algorithm(String name, Session session) {
    boolean inUse = session.service().registry().has("THREAD=" + name);
    return inUse ? ThreadAlgorithms.byName().get(name) : null;
  }
}
