package org.posthorn.imap.search;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import org.posthorn.imap.ImapService;
import org.posthorn.imap.Session;
import org.posthorn.imap.collation.Collation;
import org.posthorn.imap.wire.Chars;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.MessageSet;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.imap.wire.Words;
import org.posthorn.mime.Octets;

/** Reads the criteria of a SEARCH command (RFC 9051 section 9: search-program, search-key). */
public final class SearchParser {

  /** Keys of which a list has room at once. */
  private static final int FEW = 8;

  private final CommandReader in;
  private final Words<SearchKeyword> keywords;
  private final Collation collation;
  private SearchCharset charset = SearchCharset.DEFAULT;
  private int keysLeft;
  private int textKeysLeft;
  private int depthLeft;

  private SearchParser(
      CommandReader in, Words<SearchKeyword> keywords, SearchLimits limits, Collation collation) {
    this.in = in;
    this.keywords = keywords;
    this.collation = collation;
    keysLeft = limits.keys();
    textKeysLeft = limits.textKeys();
    depthLeft = limits.depth();
  }

  private static SearchParser of(CommandReader in, Session session) {
    ImapService service = session.service();
    return new SearchParser(
        in, service.registry().searchKeys(), service.searchLimits(), session.collation());
  }

  /**
   * {@code ["CHARSET" SP charset SP] search-key *(SP search-key)}, up to the end of the command.
   */
  public static SearchProgram parse(CommandReader in, Session session)
      throws SyntaxException, SearchRefused {
    return of(in, session).afterCharset();
  }

  /** {@code search-key *(SP search-key)} in UTF-8: the value of a filter (RFC 5466 section 4). */
  static SearchProgram parseStored(CommandReader in, Session session)
      throws SyntaxException, SearchRefused {
    return of(in, session).all();
  }

  /** {@code charset 1*(SP search-key)} (RFC 5256), up to the end of the command. */
  public static SearchProgram parseInCharset(CommandReader in, Session session)
      throws SyntaxException, SearchRefused {
    SearchParser parser = of(in, session);
    parser.charset = SearchCharset.of(in.expectAstring());
    in.expectSpace();
    return parser.all();
  }

  /**
   * {@code ["CHARSET" SP charset SP] search-key *(SP search-key)}, up to the end of the command.
   *
   * @param keywords the keys by their names, {@link StandardKeys#KEYWORDS} and those of extensions
   */
  public static SearchProgram parse(
      CommandReader in, Words<SearchKeyword> keywords, SearchLimits limits)
      throws SyntaxException, SearchRefused {
    return new SearchParser(in, keywords, limits, Collation.DEFAULT).afterCharset();
  }

  private SearchProgram afterCharset() throws SyntaxException, SearchRefused {
    if (in.acceptName("CHARSET")) {
      in.expectSpace();
      charset = SearchCharset.of(in.expectAstring());
      in.expectSpace();
    }
    return all();
  }

  private SearchProgram all() throws SyntaxException, SearchRefused {
    SearchKey all = keys();
    in.expectEnd();
    return new SearchProgram(all);
  }

  /** {@code search-key *(SP search-key)}: all of them are to match. */
  private SearchKey keys() throws SyntaxException, SearchRefused {
    SearchKey first = oneKey();
    if (!in.acceptSpace()) {
      return first;
    }
    SearchKey[] all = new SearchKey[FEW];
    all[0] = first;
    int count = 1;
    do {
      if (count == all.length) {
        all = Arrays.copyOf(all, 2 * count);
      }
      all[count++] = oneKey();
    } while (in.acceptSpace());
    return new AllOf(all, count);
  }

  private SearchKey oneKey() throws SyntaxException, SearchRefused {
    if (--keysLeft < 0 || depthLeft == 0) {
      throw new SearchRefused(SearchRefused.Reason.LIMIT, "Too many search keys");
    }
    depthLeft--;
    SearchKey key = in.accept('(') ? group() : isSet(in.peek()) ? sequence() : named();
    depthLeft++;
    return key;
  }

  private SearchKey group() throws SyntaxException, SearchRefused {
    SearchKey all = keys();
    in.expect(')');
    return all;
  }

  private static boolean isSet(int octet) {
    return Chars.isDigit(octet) || octet == '*' || octet == '$';
  }

  private SearchKey sequence() throws SyntaxException {
    MessageSet numbers = in.expectMessageSet();
    return new ViewKey(view -> view.bySequence(numbers), !numbers.isSavedResult());
  }

  private SearchKey named() throws SyntaxException, SearchRefused {
    int start = in.position();
    SearchKeyword keyword = in.acceptWord(keywords);
    if (keyword == null) {
      in.expectName();
      throw new SyntaxException("unknown search key", start);
    }
    return keyword.parse(this);
  }

  /** A space and another key. */
  public SearchKey key() throws SyntaxException, SearchRefused {
    in.expectSpace();
    return oneKey();
  }

  /** A space and a text to look for, in the charset of the command. */
  public Needle text() throws SyntaxException, SearchRefused {
    return charset.needle(astring(), collation);
  }

  /** As {@link #text()}, for a key that looks into bodies. */
  Needle bodyText() throws SyntaxException, SearchRefused {
    if (--textKeysLeft < 0) {
      throw new SearchRefused(SearchRefused.Reason.LIMIT, "Too many BODY and TEXT keys");
    }
    return text();
  }

  /** Whether a space and a quoted string or literal come next. */
  public boolean isStringNext() {
    int start = in.position();
    boolean string = in.acceptSpace() && (in.peek() == '"' || in.peek() == '{');
    in.rewind(start);
    return string;
  }

  /** A space and a string as it came. */
  public Octets astring() throws SyntaxException {
    in.expectSpace();
    return in.expectAstring();
  }

  /** A space and an atom. */
  public Octets atom() throws SyntaxException {
    in.expectSpace();
    return in.expectAtom();
  }

  /** A space and a number, 0 to 2^63-1. */
  public long number() throws SyntaxException {
    in.expectSpace();
    return in.expectNumber64();
  }

  /** A space and the name of a filter. */
  SearchKey filter() throws SyntaxException, SearchRefused {
    int start = in.position();
    String name = atom().asAscii().toLowerCase(Locale.ROOT);
    if (name.indexOf('/') >= 0) {
      throw new SyntaxException("not the name of a filter", start);
    }
    if (!charset.isUnicode()) {
      throw new SearchRefused(SearchRefused.Reason.BAD_CHARSET, "FILTER implies UTF-8");
    }
    return new FilterKey(name);
  }

  /** A space and a number, 1 to 2^32-1. */
  long nzNumber() throws SyntaxException {
    in.expectSpace();
    return in.expectNzNumber();
  }

  /** A space and a date. */
  public LocalDate date() throws SyntaxException {
    in.expectSpace();
    return in.expectDate();
  }

  /** A space and a set of messages. */
  public MessageSet messageSet() throws SyntaxException {
    in.expectSpace();
    return in.expectMessageSet();
  }
}
