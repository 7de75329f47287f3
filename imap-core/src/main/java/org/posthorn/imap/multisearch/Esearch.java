package org.posthorn.imap.multisearch;

import java.util.List;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
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

/** ESEARCH, RFC 7377 section 2. */
public final class Esearch implements Command {
  @Override
  public String name() {
    return "ESEARCH";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    in.expectSpace();
    List<Source> sources = SourceParser.parse(in, session);
    ResultOptions given = ResultOptions.parse(in, session, Context.SEARCH);
    ResultOptions options = given.extended() ? given : ResultOptions.all();
    boolean selected = sources.stream().anyMatch(Source::isSelected);
    if (selected && session.state() != State.SELECTED) {
      throw in.error("no mailbox is selected");
    }
    if (given.update() != null && session.state() != State.SELECTED) {
      throw in.error("UPDATE is for the selected mailbox, and none is");
    }
    boolean save = options.has(ResultOption.SAVE);
    if (save && !sources.stream().allMatch(Source::isSelected)) {
      throw in.error("SAVE is for the selected mailbox alone");
    }
    try {
      SearchProgram program = SearchParser.parse(in, session);
      options.check(in, program);
      return running -> {
        if (!UpdateOption.refused(running, options)) {
          new MultiSearching(running, program, sources, options).begin();
        }
      };
    } catch (SearchRefused e) {
      if (save) {
        session.selected().save(UidSet.EMPTY);
      }
      throw e.refused();
    }
  }
}
