package org.posthorn.imap.esearch;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Registry;
import org.posthorn.imap.Session;
import org.posthorn.imap.search.SearchProgram;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.store.UidSet;

/**
 * What a search is to tell of its result (RFC 4731 section 3.1). Immutable.
 *
 * @param extended whether the answer is an ESEARCH response
 * @param asked the options given; of none {@code ALL} is meant
 * @param partial RFC 9394: the part of the result that is wanted
 * @param update RFC 5267: changes of the result are to be told; null: not
 */
public record ResultOptions(
    boolean extended,
    Set<ResultOption> asked,
    @Nullable PartialRange partial,
    @Nullable UpdateOption update) {

  private static final ResultOptions PLAIN = new ResultOptions(false, Set.of(), null, null);
  private static final ResultOptions DEFAULT =
      new ResultOptions(true, EnumSet.of(ResultOption.ALL), null, null);

  /** Keeps an immutable copy of the set. */
  public ResultOptions {
    asked = Set.copyOf(asked);
  }

  /** ALL in an ESEARCH response, which is meant where no option is given. */
  public static ResultOptions all() {
    return DEFAULT;
  }

  /** No options: the answer of old. */
  public static ResultOptions plain() {
    return PLAIN;
  }

  /**
   * {@code ["RETURN" SP "(" [search-return-opt *(SP search-return-opt)] ")" SP]}. Without it the
   * answer is a SEARCH response or, once IMAP4rev2 is enabled, ESEARCH (RFC 9051 section 6.4.4).
   *
   * @param context the extension that allows CONTEXT and UPDATE here
   */
  public static ResultOptions parse(CommandReader in, Session session, String context)
      throws SyntaxException {
    if (!acceptReturn(in, session)) {
      return session.isEnabled("IMAP4REV2") ? DEFAULT : PLAIN;
    }
    Registry registry = session.service().registry();
    in.expectSpace();
    in.expect('(');
    Set<ResultOption> asked = EnumSet.noneOf(ResultOption.class);
    PartialRange partial = null;
    UpdateOption update = null;
    boolean contexts = registry.has(context);
    boolean none = in.accept(')');
    while (!none) {
      if (partial == null && (contexts || registry.has("PARTIAL")) && in.acceptName("PARTIAL")) {
        in.expectSpace();
        partial = PartialRange.parse(in);
      } else if (contexts && update == null && in.acceptName("UPDATE")) {
        update = UpdateOption.parse(in, session);
      } else if (contexts && in.acceptName("CONTEXT")) {
        // RFC 5267 section 4.2: a hint; results are not kept.
      } else {
        asked.add(option(in, registry));
      }
      if (!in.acceptSpace()) {
        in.expect(')');
        break;
      }
    }
    if (none) {
      asked.add(ResultOption.ALL);
    }
    if (partial != null && asked.contains(ResultOption.ALL)) {
      throw in.error("PARTIAL and ALL exclude each other");
    }
    in.expectSpace();
    return new ResultOptions(true, asked, partial, update);
  }

  private static boolean acceptReturn(CommandReader in, Session session) {
    int start = in.position();
    if (!in.acceptName("RETURN")) {
      return false;
    }
    boolean known = session.service().registry().has("ESEARCH");
    in.rewind(known ? in.position() : start);
    return known;
  }

  private static ResultOption option(CommandReader in, Registry registry) throws SyntaxException {
    String word = in.expectName().toUpperCase(Locale.ROOT);
    for (ResultOption option : ResultOption.values()) {
      String extension = option.extension();
      if (option.name().equals(word) && (extension == null || registry.has(extension))) {
        return option;
      }
    }
    throw in.error("unknown result option");
  }

  /** Whether the option was given. */
  public boolean has(ResultOption option) {
    return asked.contains(option);
  }

  /** Whether anything is to be told; SAVE alone says nothing (RFC 5182 section 1). */
  boolean tells() {
    return partial != null
        || has(ResultOption.MIN)
        || has(ResultOption.MAX)
        || has(ResultOption.ALL)
        || has(ResultOption.COUNT)
        || has(ResultOption.RELEVANCY);
  }

  /**
   * RFC 6203 section 4.
   *
   * @throws SyntaxException where scores are asked for of a search that gives none
   */
  public void check(CommandReader in, SearchProgram program) throws SyntaxException {
    if (has(ResultOption.RELEVANCY) && !program.isFuzzy()) {
      throw in.error("RELEVANCY needs a FUZZY key");
    }
  }

  /** The part of the result that PARTIAL tells. */
  Found part(Found found) {
    return partial == null
        ? found
        : found.slice(partial.from(found.size()), partial.to(found.size()));
  }

  /**
   * The messages that the client is told of one by one; those are what SAVE remembers (RFC 5182
   * section 2.4, RFC 9394 section 3.2) and what MODSEQ speaks of (RFC 4731 section 3.2).
   */
  public UidSet told(Found found) {
    boolean some = partial != null || has(ResultOption.MIN) || has(ResultOption.MAX);
    if (!some || has(ResultOption.ALL) || has(ResultOption.COUNT) || found.size() == 0) {
      return found.uids();
    }
    UidSet told = partial == null ? UidSet.EMPTY : part(found).uids();
    if (has(ResultOption.MIN)) {
      told = told.union(UidSet.of(found.at(0)));
    }
    if (has(ResultOption.MAX)) {
      told = told.union(UidSet.of(found.at(found.size() - 1)));
    }
    return told;
  }
}
