package org.posthorn.imap.sort;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Registry;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.SyncPoint;
import org.posthorn.imap.context.Context;
import org.posthorn.imap.esearch.ResultOption;
import org.posthorn.imap.esearch.ResultOptions;
import org.posthorn.imap.esearch.UpdateOption;
import org.posthorn.imap.search.Fuzzy;
import org.posthorn.imap.search.SearchParser;
import org.posthorn.imap.search.SearchProgram;
import org.posthorn.imap.search.SearchRefused;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.store.UidSet;

/** SORT and UID SORT, RFC 5256 section 3, with the result options of RFC 5267. */
public final class Sort implements Command {
  private final boolean byUid;

  private Sort(boolean byUid) {
    this.byUid = byUid;
  }

  /** SORT. */
  public static Sort bySequence() {
    return new Sort(false);
  }

  /** UID SORT. */
  public static Sort byUid() {
    return new Sort(true);
  }

  @Override
  public String name() {
    return byUid ? "UID SORT" : "SORT";
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
    Registry registry = session.service().registry();
    in.expectSpace();
    boolean extended = registry.has("ESORT") && in.peek() != '(';
    ResultOptions options =
        extended ? ResultOptions.parse(in, session, Context.SORT) : ResultOptions.plain();
    List<SortCriterion> criteria = SortParser.parse(in, keys(registry));
    in.expectSpace();
    try {
      SearchProgram program = SearchParser.parseInCharset(in, session);
      options.check(in, program);
      if (!program.isFuzzy() && SortCriterion.needsScores(criteria)) {
        throw in.error("RELEVANCY needs a FUZZY key");
      }
      return running -> {
        if (!UpdateOption.refused(running, options)) {
          new Sorting(running, program, criteria, options, byUid).begin();
        }
      };
    } catch (SearchRefused e) {
      if (options.has(ResultOption.SAVE)) {
        session.selected().save(UidSet.EMPTY);
      }
      throw e.refused();
    }
  }

  private static Map<String, SortKey> keys(Registry registry) {
    Map<String, SortKey> keys = new HashMap<>(SortKey.STANDARD);
    if (registry.has("SORT=DISPLAY")) {
      keys.putAll(SortKey.DISPLAY);
    }
    if (registry.has(Fuzzy.NAME)) {
      keys.putAll(SortKey.FUZZY);
    }
    return keys;
  }
}
