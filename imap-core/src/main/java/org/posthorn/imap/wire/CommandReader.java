package org.posthorn.imap.wire;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.Octets;
import org.posthorn.protocol.ByteScan;
import org.posthorn.store.Flags;
import org.posthorn.store.UidSet;

/**
 * Reads the tokens of one command. The command lies in one array, literals behind their headers as
 * they came: {@code A1 LOGIN fred {6}\r\nsecret}. {@code expectX} throws where X does not follow,
 * {@code x} and {@code acceptX} leave the position alone and say so. What is returned shares the
 * array, which nobody changes afterwards.
 */
public final class CommandReader {
  private static final long MAX_NUMBER = 0xffff_ffffL;

  /** Names in upper case; interned, so that a map which has them finds them by identity. */
  private static final Remembered<String> NAMES =
      new Remembered<>(name -> name.asAscii().toUpperCase(Locale.ROOT).intern());

  private static final Remembered<Octets> FIELDS = new Remembered<>(name -> name);

  private final byte[] buffer;
  private final int end;
  private int position;

  /**
   * @param end behind the last octet, the CRLF of the command not included
   */
  public CommandReader(byte[] buffer, int from, int end) {
    this.buffer = buffer;
    this.position = from;
    this.end = end;
  }

  /** A reader over text, for tests and constants. */
  public static CommandReader of(String text) {
    byte[] octets = Octets.utf8(text).toByteArray();
    return new CommandReader(octets, 0, octets.length);
  }

  /** Index of the next octet. */
  public int position() {
    return position;
  }

  /** Back to a {@link #position()} that was read before. */
  public void rewind(int earlier) {
    position = earlier;
  }

  /** Whether nothing is left. */
  public boolean atEnd() {
    return position == end;
  }

  /** Octets that are left. */
  public int remaining() {
    return end - position;
  }

  /** A copy of what is left, which stays. */
  public byte[] rest() {
    return Arrays.copyOfRange(buffer, position, end);
  }

  /** A hash of what is left, the same for the same octets, of which all bits can be used. */
  public int hashOfRest() {
    return Remembered.hash(buffer, position, end);
  }

  /** Takes all that is left if it is this. */
  public boolean acceptRest(byte[] octets) {
    if (!Arrays.equals(buffer, position, end, octets, 0, octets.length)) {
      return false;
    }
    position = end;
    return true;
  }

  /** Demands that nothing is left. */
  public void expectEnd() throws SyntaxException {
    if (position != end) {
      throw error("unexpected text after the command");
    }
  }

  /** A syntax error at this position. */
  public SyntaxException error(String message) {
    return new SyntaxException(message, position);
  }

  /** The next octet, which stays; -1 at the end. */
  public int peek() {
    return position < end ? buffer[position] & 0xff : -1;
  }

  /** Takes the character if it comes next. */
  public boolean accept(char c) {
    if (peek() == c) {
      position++;
      return true;
    }
    return false;
  }

  /** Takes the character, which must come next. */
  public void expect(char c) throws SyntaxException {
    if (!accept(c)) {
      throw error("expected '" + c + "'");
    }
  }

  /** Takes one space, which must come next. */
  public void expectSpace() throws SyntaxException {
    if (!accept(' ')) {
      throw error("expected a space");
    }
  }

  /** Takes one space if it comes next. */
  public boolean acceptSpace() {
    return accept(' ');
  }

  /** RFC 9051: tag. */
  public Octets expectTag() throws SyntaxException {
    int start = position;
    position += Eight.nameLength(Eight.at(buffer, position, end));
    while (position < end && Chars.isTag(buffer[position])) {
      position++;
    }
    return nonEmpty(start, "expected a tag");
  }

  /** RFC 9051: atom. */
  public Octets expectAtom() throws SyntaxException {
    int start = position;
    position += Eight.nameLength(Eight.at(buffer, position, end));
    while (position < end && Chars.isAtom(buffer[position])) {
      position++;
    }
    return nonEmpty(start, "expected an atom");
  }

  /**
   * A run of letters, digits, dots and hyphens in upper case: the name of a command, an item, a
   * key. It ends before the bracket of {@code BODY[}.
   */
  public String expectName() throws SyntaxException {
    int start = position;
    while (position < end && Chars.isName(buffer[position])) {
      position++;
    }
    if (position == start) {
      throw error("expected a name");
    }
    return NAMES.of(buffer, start, position);
  }

  /** Takes a name if it is one of these, and gives what it stands for; else null. */
  public <V> @Nullable V acceptWord(Words<V> words) throws SyntaxException {
    long head = Eight.at(buffer, position, end);
    int length = Eight.nameLength(head);
    long tail = 0;
    if (length == Long.BYTES) {
      tail = Eight.at(buffer, position + Long.BYTES, end);
      int more = Eight.nameLength(tail);
      tail = Eight.upperCase(Eight.first(tail, more));
      length += more;
    } else {
      head = Eight.first(head, length);
    }
    V value = length > Words.MAX_LENGTH ? null : words.find(Eight.upperCase(head), tail);
    if (value == null) {
      return acceptUnusualWord(words);
    }
    position += length;
    return value;
  }

  /** A long one, one with a slash or the like behind it, or none. */
  private <V> @Nullable V acceptUnusualWord(Words<V> words) throws SyntaxException {
    if (!Chars.isName(peek())) {
      return null;
    }
    int start = position;
    V value = words.get(expectName());
    position = value == null ? start : position;
    return value;
  }

  /** Takes this name, whole and whatever its case, if it comes next. */
  public boolean acceptName(String name) {
    int after = position + name.length();
    if (after > end || (after < end && Chars.isName(buffer[after]))) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      int difference = buffer[position + i] ^ name.charAt(i);
      // The two cases of a letter differ in this bit.
      if (difference != 0 && (difference != 0x20 || !Chars.isLetter(name.charAt(i)))) {
        return false;
      }
    }
    position = after;
    return true;
  }

  /**
   * The next octets, up to eight, the first one the lowest, letters in upper case; zeros behind the
   * end. They stay.
   */
  long letters(int count) {
    return Eight.upperCase(Eight.first(Eight.at(buffer, position, end), count));
  }

  /** Takes the next octet, which must be there. */
  int next() {
    return buffer[position++] & 0xff;
  }

  /** RFC 9051: astring. */
  public Octets expectAstring() throws SyntaxException {
    Octets string = string();
    if (string != null) {
      return string;
    }
    int start = position;
    while (position < end && Chars.isAstring(buffer[position])) {
      position++;
    }
    return nonEmpty(start, "expected a string");
  }

  /** RFC 9051: header-fld-name, which is an astring. What is returned does not share the array. */
  public Octets expectFieldName() throws SyntaxException {
    int start = position;
    while (position < end && Chars.isAstring(buffer[position])) {
      position++;
    }
    return position > start ? FIELDS.of(buffer, start, position) : expectString();
  }

  /** RFC 9051: list-mailbox. */
  public Octets expectListMailbox() throws SyntaxException {
    Octets string = string();
    if (string != null) {
      return string;
    }
    int start = position;
    while (position < end && Chars.isList(buffer[position])) {
      position++;
    }
    return nonEmpty(start, "expected a mailbox pattern");
  }

  /** RFC 9051: string, that is quoted or literal. */
  public Octets expectString() throws SyntaxException {
    Octets string = string();
    if (string == null) {
      throw error("expected a quoted string or a literal");
    }
    return string;
  }

  /** RFC 9051: nstring; null for NIL. */
  public @Nullable Octets expectNstring() throws SyntaxException {
    return acceptName("NIL") ? null : expectString();
  }

  /** RFC 3516: nstring / literal8; null for NIL. */
  public @Nullable Octets expectNstring8() throws SyntaxException {
    if (peek() == '~') {
      position++;
      return literal(true);
    }
    return expectNstring();
  }

  /** A quoted string or literal if one comes next, else null. */
  public @Nullable Octets string() throws SyntaxException {
    return switch (peek()) {
      case '"' -> quoted();
      case '{' -> literal(false);
      default -> null;
    };
  }

  /** RFC 9051: number, 0 to 2^32-1. */
  public long expectNumber() throws SyntaxException {
    return number(MAX_NUMBER);
  }

  /** RFC 9051: nz-number, 1 to 2^32-1. */
  public long expectNzNumber() throws SyntaxException {
    int start = position;
    long number = number(MAX_NUMBER);
    if (number == 0) {
      throw new SyntaxException("expected a number greater than 0", start);
    }
    return number;
  }

  /** RFC 9051: number64, 0 to 2^63-1. */
  public long expectNumber64() throws SyntaxException {
    return number(Long.MAX_VALUE);
  }

  /** RFC 9051: sequence-set. */
  public MessageSet expectMessageSet() throws SyntaxException {
    return new MessageSetParser(this, buffer, position, end).parse();
  }

  /** A sequence-set without {@code *} and {@code $}: numbers of which the client is sure. */
  public UidSet expectUidSet() throws SyntaxException {
    int start = position;
    MessageSet set = expectMessageSet();
    if (set.isSavedResult() || set.hasStar()) {
      throw new SyntaxException("expected numbers without * and $", start);
    }
    return set.numbers(0);
  }

  /** RFC 9051: date, with or without quotes. */
  public LocalDate expectDate() throws SyntaxException {
    return DateParser.date(this);
  }

  /** RFC 9051: date-time. */
  public OffsetDateTime expectDateTime() throws SyntaxException {
    return DateParser.dateTime(this);
  }

  /** RFC 9051: flag-list, in parentheses. {@code \Recent} is refused. */
  public Flags expectFlagList() throws SyntaxException {
    return FlagParser.list(this);
  }

  /** RFC 9051: store-att-flags, with or without parentheses. */
  public Flags expectFlags() throws SyntaxException {
    return peek() == '(' ? FlagParser.list(this) : FlagParser.bare(this);
  }

  /**
   * The header of a literal whose octets are not in the array, because somebody has still to decide
   * about them. Null when none comes next.
   */
  public @Nullable LiteralHeader pendingLiteral() {
    int c = peek();
    if (c != '{' && c != '~') {
      return null;
    }
    LiteralHeader header = LiteralHeader.find(buffer, position, end);
    return header != null && header.start() == position ? header : null;
  }

  /** How many spaces come before the next such octet. */
  public int spacesUpTo(char octet) {
    return ByteScan.countBefore(buffer, position, end, (byte) ' ', (byte) octet);
  }

  /** Takes what follows as long as it is of a kind; may be empty. */
  Octets take(int octets) {
    position += octets;
    return Octets.of(buffer, position - octets, position);
  }

  private Octets quoted() throws SyntaxException {
    int start = ++position;
    boolean escaped = false;
    position = Chars.behindPlain(buffer, position, end);
    while (position < end) {
      int c = buffer[position];
      if (c == '"') {
        Octets raw = Octets.of(buffer, start, position++);
        return escaped ? unescape(raw) : raw;
      }
      if (c == '\\') {
        escaped = true;
        position++;
        if (peek() != '"' && peek() != '\\') {
          throw error("only \\\" and \\\\ may be escaped");
        }
      } else if (!Chars.isQuoted(c)) {
        throw error("illegal octet in a quoted string");
      }
      position++;
    }
    throw error("quoted string without its end");
  }

  private static Octets unescape(Octets raw) {
    byte[] plain = new byte[raw.length()];
    int length = 0;
    for (int i = 0; i < raw.length(); i++) {
      int c = raw.at(i);
      plain[length++] = (byte) (c == '\\' ? raw.at(++i) : c);
    }
    return Octets.of(plain, 0, length);
  }

  /** RFC 9051: literal. NUL is not allowed in it; a literal8 is for those commands that say so. */
  private Octets literal(boolean binary) throws SyntaxException {
    int start = position;
    expect('{');
    long length = number(Integer.MAX_VALUE);
    accept('+');
    expect('}');
    expect('\r');
    expect('\n');
    if (length > end - position) {
      throw new SyntaxException("literal is not allowed here", start);
    }
    Octets octets = take((int) length);
    int nul = octets.indexOf((byte) 0);
    if (nul >= 0 && !binary) {
      throw new SyntaxException("NUL in a literal", position - octets.length() + nul);
    }
    return octets;
  }

  private long number(long max) throws SyntaxException {
    int start = position;
    int at = start;
    long number = 0;
    long most = max / 10;
    for (; at < end; at++) {
      int digit = buffer[at] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      if (number >= most && (number > most || digit > max % 10)) {
        throw new SyntaxException("number too large", start);
      }
      number = number * 10 + digit;
    }
    if (at == start) {
      throw error("expected a number");
    }
    position = at;
    return number;
  }

  private Octets nonEmpty(int start, String complaint) throws SyntaxException {
    if (position == start) {
      throw error(complaint);
    }
    return Octets.of(buffer, start, position);
  }
}
