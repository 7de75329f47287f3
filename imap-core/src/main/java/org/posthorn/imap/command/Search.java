package org.posthorn.imap.command;

import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.SyncPoint;
import org.posthorn.imap.Utf8Accept;
import org.posthorn.imap.context.Context;
import org.posthorn.imap.esearch.ResultOption;
import org.posthorn.imap.esearch.ResultOptions;
import org.posthorn.imap.esearch.UpdateOption;
import org.posthorn.imap.search.SearchParser;
import org.posthorn.imap.search.SearchProgram;
import org.posthorn.imap.search.SearchRefused;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.store.UidSet;

/** SEARCH, RFC 9051 section 6.4.4, and UID SEARCH, section 6.4.9. */
public final class Search implements Command {
  private final boolean byUid;

  private Search(boolean byUid) {
    this.byUid = byUid;
  }

  /** SEARCH. */
  public static Search bySequence() {
    return new Search(false);
  }

  /** UID SEARCH. */
  public static Search byUid() {
    return new Search(true);
  }

  @Override
  public String name() {
    return byUid ? "UID SEARCH" : "SEARCH";
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
    ResultOptions options = ResultOptions.parse(in, session, Context.SEARCH);
    if (session.isEnabled(Utf8Accept.NAME) && in.acceptName("CHARSET")) {
      // RFC 6855 section 3.
      throw in.error("no CHARSET after ENABLE UTF8=ACCEPT");
    }
    try {
      SearchProgram program = SearchParser.parse(in, session);
      options.check(in, program);
      return new Criteria(program, options, byUid);
    } catch (SearchRefused e) {
      if (options.has(ResultOption.SAVE)) {
        session.selected().save(UidSet.EMPTY);
      }
      throw e.refused();
    }
  }

  private record Criteria(SearchProgram program, ResultOptions options, boolean byUid)
      implements Request {
    @Override
    public void execute(Session session) {
      if (!UpdateOption.refused(session, options)) {
        new Searching(session, program, options, byUid).begin();
      }
    }
  }
}
