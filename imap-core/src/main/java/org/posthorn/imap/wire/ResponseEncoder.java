package org.posthorn.imap.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.Octets;
import org.posthorn.store.Flags;

/**
 * Writes responses into one buffer, token by token. Every method writes exactly the token that it
 * is named for, whatever its argument, or throws: nothing that came from a client or out of a
 * message can end a line. Spaces between tokens are the caller's.
 */
public final class ResponseEncoder {
  private static final byte[] EMPTY = new byte[0];
  private static final int FIRST_CAPACITY = 512;

  /** Strings longer than this go out as literals. */
  private static final int MAX_QUOTED = 1_000;

  private byte[] buffer = EMPTY;
  private int size;
  private boolean utf8;
  private boolean midLine;

  /** Whether UTF-8 may stand in quoted strings (RFC 6855 section 3, RFC 9051 section 4.3). */
  public void allowUtf8(boolean allowed) {
    utf8 = allowed;
  }

  /** Whether UTF-8 may stand in quoted strings. */
  public boolean allowsUtf8() {
    return utf8;
  }

  /** Whether the last response is complete, so that another may begin. */
  public boolean isAtLineStart() {
    return size == 0 ? !midLine : buffer[size - 1] == '\n';
  }

  /** Octets not yet drained. */
  public int size() {
    return size;
  }

  /** Hands over what was written; the buffer is valid during the call only. */
  public void drainTo(Consumer<ByteBuffer> target) {
    if (size > 0) {
      midLine = buffer[size - 1] != '\n';
      target.accept(ByteBuffer.wrap(buffer, 0, size));
      size = 0;
    }
  }

  /** Hands over what was written, and the buffer with it. */
  public ByteBuffer take() {
    ByteBuffer taken = ByteBuffer.wrap(buffer, 0, size);
    if (size > 0) {
      midLine = buffer[size - 1] != '\n';
    }
    buffer = EMPTY;
    size = 0;
    return taken;
  }

  /**
   * Forgets what was written since the {@linkplain #size() size} was this, nothing drained since.
   */
  public void truncate(int to) {
    if (to < 0 || to > size) {
      throw new IllegalArgumentException("nothing to forget");
    }
    size = to;
  }

  /** Gives the memory back when nothing is left to drain. */
  public void trim() {
    if (size == 0) {
      buffer = EMPTY;
    }
  }

  /** Makes room for about so many octets. */
  public void expect(int octets) {
    reserve(octets);
  }

  /** Begins an untagged response: {@code * }. */
  public ResponseEncoder untagged() {
    return put('*').put(' ');
  }

  /** Begins a continuation request: {@code + }. */
  public ResponseEncoder continuation() {
    return put('+').put(' ');
  }

  /** Begins a tagged response: the tag and a space. */
  public ResponseEncoder tagged(Octets tag) {
    for (int i = 0; i < tag.length(); i++) {
      if (!Chars.isTag(tag.at(i))) {
        throw new IllegalArgumentException("not a tag");
      }
    }
    return raw(tag).put(' ');
  }

  /** Ends the response. */
  public ResponseEncoder crlf() {
    return put('\r').put('\n');
  }

  /** A space. */
  public ResponseEncoder sp() {
    return put(' ');
  }

  /** An opening parenthesis. */
  public ResponseEncoder open() {
    return put('(');
  }

  /** A closing parenthesis. */
  public ResponseEncoder close() {
    return put(')');
  }

  /** An opening bracket, of a response code or a section. */
  public ResponseEncoder openBracket() {
    return put('[');
  }

  /** A closing bracket. */
  public ResponseEncoder closeBracket() {
    return put(']');
  }

  /**
   * Words of our own between which spaces may stand, such as {@code OK} or {@code FETCH (UID}: any
   * printable ASCII.
   *
   * @throws IllegalArgumentException for anything else
   */
  public ResponseEncoder words(String words) {
    int length = words.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      char c = words.charAt(i);
      if (c < ' ' || c > '~') {
        throw new IllegalArgumentException("not printable ASCII");
      }
      buffer[size + i] = (byte) c;
    }
    size += length;
    return this;
  }

  /**
   * An atom.
   *
   * @throws IllegalArgumentException if it is none
   */
  public ResponseEncoder atom(String atom) {
    if (atom.isEmpty()) {
      throw new IllegalArgumentException("empty atom");
    }
    for (int i = 0; i < atom.length(); i++) {
      if (atom.charAt(i) > 127 || !Chars.isAtom(atom.charAt(i))) {
        throw new IllegalArgumentException("not an atom");
      }
    }
    return words(atom);
  }

  /** Text for people (RFC 9051: resp-text): what may not stand there becomes a question mark. */
  public ResponseEncoder text(String text) {
    int length = text.length();
    if (length == 0) {
      return put('-');
    }
    reserve(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      buffer[size + i] = (byte) (c < ' ' || c > '~' ? '?' : c);
    }
    size += length;
    return this;
  }

  /** NIL. */
  public ResponseEncoder nil() {
    reserve(3);
    buffer[size] = 'N';
    buffer[size + 1] = 'I';
    buffer[size + 2] = 'L';
    size += 3;
    return this;
  }

  /**
   * Once more what was written, nothing drained since.
   *
   * @param from the {@linkplain #size() size} before it
   * @param to the size behind it
   */
  public ResponseEncoder again(int from, int to) {
    if (from < 0 || to < from || to > size) {
      throw new IllegalArgumentException("not written");
    }
    reserve(to - from);
    System.arraycopy(buffer, from, buffer, size, to - from);
    size += to - from;
    return this;
  }

  /** A number, 0 or more. */
  public ResponseEncoder number(long number) {
    if (number < 0) {
      throw new IllegalArgumentException("negative");
    }
    reserve(20);
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    long rest = number;
    for (int i = size + digits - 1; i >= size; i--) {
      buffer[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
    return this;
  }

  /** A string: quoted where it can be, else a literal. */
  public ResponseEncoder string(Octets octets) {
    if (quoted(octets)) {
      return this;
    }
    return octets.length() > MAX_QUOTED ? literal(octets) : escaped(octets);
  }

  /** A quoted string, if all octets may stand in one as they are; else writes nothing. */
  public boolean quoted(Octets octets) {
    int length = octets.length();
    if (length > MAX_QUOTED) {
      return false;
    }
    reserve(2 * length + 2);
    octets.copyTo(buffer, size + 1);
    return quote(length, Chars.arePlain(buffer, size + 1, size + 1 + length));
  }

  /**
   * A quoted string, if all octets from index {@code from} to {@code to} may stand in one as they
   * are; else writes nothing.
   */
  public boolean quoted(byte[] octets, int from, int to) {
    int length = to - from;
    if (length > MAX_QUOTED) {
      return false;
    }
    reserve(2 * length + 2 + Long.BYTES);
    return quote(length, Chars.copyPlain(octets, from, buffer, size + 1, length));
  }

  private boolean quote(int length, boolean possible) {
    if (possible) {
      buffer[size] = '"';
      buffer[size + length + 1] = '"';
      size += length + 2;
    }
    return possible;
  }

  /** As {@link #string(Octets)} where some octet needs a backslash or a literal. */
  private ResponseEncoder escaped(Octets octets) {
    int before = size;
    boolean characters = utf8 && isUtf8(octets);
    buffer[size++] = '"';
    for (int i = 0; i < octets.length(); i++) {
      int c = octets.at(i);
      if (c == '"' || c == '\\') {
        buffer[size++] = '\\';
      } else if (!(characters ? Chars.isQuoted(c) : Chars.isPlain(c))) {
        size = before;
        return literal(octets);
      }
      buffer[size++] = (byte) c;
    }
    buffer[size++] = '"';
    return this;
  }

  private static boolean isUtf8(Octets octets) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(octets.asBuffer());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** A string of characters, in UTF-8 and then a literal where they are not all ASCII. */
  public ResponseEncoder string(String characters) {
    return string(Octets.utf8(characters));
  }

  /** NIL for null, else a string. */
  public ResponseEncoder nstring(@Nullable Octets octets) {
    return octets == null ? nil() : string(octets);
  }

  /** An atom where it can be one, else a string. */
  public ResponseEncoder astring(Octets octets) {
    int length = octets.length();
    for (int i = 0; i < length; i++) {
      if (!Chars.isAstring(octets.at(i))) {
        return string(octets);
      }
    }
    return length == 0 || octets.equalsIgnoreCase("NIL") ? string(octets) : raw(octets);
  }

  /** A literal with its octets. */
  public ResponseEncoder literal(Octets octets) {
    return literalHeader(octets.length()).raw(octets);
  }

  /** The header of a literal; exactly so many octets must follow by {@link #slice} or transfer. */
  public ResponseEncoder literalHeader(long octets) {
    return put('{').number(octets).put('}').crlf();
  }

  /** The header of a literal8 (RFC 3516). */
  public ResponseEncoder literal8Header(long octets) {
    return put('~').literalHeader(octets);
  }

  /** Octets of a literal whose header was written. */
  public ResponseEncoder slice(ByteBuffer octets) {
    int length = octets.remaining();
    reserve(length);
    octets.get(buffer, size, length);
    size += length;
    return this;
  }

  /**
   * As {@link #slice}, for octets that are read from elsewhere.
   *
   * @return room for exactly so many octets, all of which are to be put before anything else is
   *     written
   */
  public ByteBuffer room(int octets) {
    reserve(octets);
    ByteBuffer room = ByteBuffer.wrap(buffer, size, octets).slice();
    size += octets;
    return room;
  }

  /** Flags in parentheses. */
  public ResponseEncoder flags(Flags flags, boolean recent) {
    byte[] imap = flags.imap();
    reserve(imap.length + 12);
    put('(');
    System.arraycopy(imap, 0, buffer, size, imap.length);
    size += imap.length;
    if (recent) {
      if (imap.length > 0) {
        put(' ');
      }
      words("\\Recent");
    }
    return put(')');
  }

  /** RFC 9051: date-time. */
  public ResponseEncoder dateTime(OffsetDateTime time) {
    return DateEncoder.dateTime(this, time);
  }

  ResponseEncoder put(char c) {
    if (size == buffer.length) {
      grow(1);
    }
    buffer[size++] = (byte) c;
    return this;
  }

  private ResponseEncoder raw(Octets octets) {
    int length = octets.length();
    reserve(length);
    octets.copyTo(buffer, size);
    size += length;
    return this;
  }

  private void reserve(int octets) {
    if (buffer.length - size < octets) {
      grow(octets);
    }
  }

  private void grow(int octets) {
    int wanted = Math.addExact(size, octets);
    buffer = Arrays.copyOf(buffer, Math.max(wanted, Math.max(FIRST_CAPACITY, 2 * size)));
  }
}
