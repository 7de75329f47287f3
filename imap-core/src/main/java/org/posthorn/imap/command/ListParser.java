package org.posthorn.imap.command;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Registry;
import org.posthorn.imap.Request;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.list.ListCriteria;
import org.posthorn.imap.list.ListExtended;
import org.posthorn.imap.list.ListKeyword;
import org.posthorn.imap.list.ListLimits;
import org.posthorn.imap.list.ListOptions;
import org.posthorn.imap.list.ListPattern;
import org.posthorn.imap.list.ListReturn;
import org.posthorn.imap.list.ListSelection;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.store.InvalidMailboxName;

/**
 * RFC 5258: {@code list = "LIST" [SP list-select-opts] SP mailbox SP mbox-or-pat [SP
 * list-return-opts]}. With any of the three extensions of the syntax an empty name is no question
 * for the delimiter, and only those attributes are told that were asked for.
 */
final class ListParser {
  private static final Set<ListReturn> BASIC_RETURNS =
      EnumSet.of(ListReturn.CHILDREN, ListReturn.SPECIAL_USE);

  private final CommandReader in;
  private final Session session;
  private final Registry registry;
  private final boolean extensible;
  private final ListOptions options = new ListOptions();
  private boolean extended;

  ListParser(CommandReader in, Session session) {
    this.in = in;
    this.session = session;
    this.registry = session.service().registry();
    this.extensible = registry.has(ListExtended.NAME);
  }

  Request parse() throws SyntaxException, Refused {
    in.expectSpace();
    if (extensible && in.accept('(')) {
      extended = true;
      selections();
      in.expectSpace();
    }
    try {
      String reference = session.wireName().text(in.expectAstring());
      in.expectSpace();
      List<String> patterns = patterns();
      if (extensible && in.acceptSpace()) {
        extended = true;
        returns();
      }
      return request(reference, patterns);
    } catch (InvalidMailboxName e) {
      throw Names.refused(e);
    }
  }

  private Request request(String reference, List<String> wanted) {
    if (!extended && wanted.get(0).isEmpty()) {
      return new ListMailboxes.Root(reference);
    }
    List<ListPattern> patterns = new ArrayList<>();
    for (String pattern : wanted) {
      if (!pattern.isEmpty()) {
        patterns.add(ListPattern.of(reference, pattern));
      }
    }
    ListCriteria criteria =
        extended ? options.criteria(patterns) : new ListCriteria(patterns, Set.of(), BASIC_RETURNS);
    return new ListMailboxes.Matches(criteria, options.details());
  }

  /** list-select-opts, behind the opening parenthesis. */
  private void selections() throws SyntaxException {
    Map<String, ListSelection> known = registry.listSelections();
    if (!in.accept(')')) {
      do {
        int start = in.position();
        ListSelection selection = known.get(in.expectName());
        if (selection == null) {
          throw new SyntaxException("unknown selection option", start);
        }
        options.select(selection);
      } while (in.acceptSpace());
      in.expect(')');
    }
    if (!options.valid()) {
      throw in.error("RECURSIVEMATCH needs another selection option");
    }
  }

  /** mbox-or-pat. */
  private List<String> patterns() throws SyntaxException, Refused {
    List<String> patterns = new ArrayList<>();
    if (!extensible || !in.accept('(')) {
      patterns.add(session.wireName().text(in.expectListMailbox()));
      return patterns;
    }
    extended = true;
    int limit = ListLimits.DEFAULTS.patterns();
    do {
      if (patterns.size() == limit) {
        throw new Refused(ResponseCode.LIMIT, "LIST takes " + limit + " patterns");
      }
      patterns.add(session.wireName().text(in.expectListMailbox()));
    } while (in.acceptSpace());
    in.expect(')');
    return patterns;
  }

  /** list-return-opts. */
  private void returns() throws SyntaxException, Refused {
    if (!in.acceptName("RETURN")) {
      throw in.error("expected RETURN");
    }
    in.expectSpace();
    in.expect('(');
    if (in.accept(')')) {
      return;
    }
    Map<String, ListKeyword> known = registry.listReturns();
    do {
      int start = in.position();
      ListKeyword keyword = known.get(in.expectName());
      if (keyword == null) {
        throw new SyntaxException("unknown return option", start);
      }
      keyword.parse(in, session, options);
    } while (in.acceptSpace());
    in.expect(')');
  }
}
