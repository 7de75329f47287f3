package org.posthorn.mime;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Decodes encoded-words (RFC 2047) wherever they stand. White space between two of them goes; when
 * they share a charset their octets are joined before they are read, because agents cut within
 * characters.
 */
final class EncodedWords {

  private final Octets value;
  private final StringBuilder text = new StringBuilder();

  /** Octets of encoded-words that are not yet read. */
  private final ByteBuffer octets;

  private @Nullable Charset charset;

  /** From where on no text is known to be closed, so that many open ones cost no more than one. */
  private int noEndFrom = Integer.MAX_VALUE;

  private EncodedWords(Octets value) {
    this.value = value;
    this.octets = ByteBuffer.allocate(value.length());
  }

  /** The text of an unfolded value. */
  static String decode(Octets value) {
    int start = find(value, 0);
    return start < 0 ? Charsets.guess(value) : new EncodedWords(value).decode(start);
  }

  private static int find(Octets value, int from) {
    int at = value.indexOf((byte) '=', from);
    while (at >= 0 && !(at + 1 < value.length() && value.at(at + 1) == '?')) {
      at = value.indexOf((byte) '=', at + 1);
    }
    return at;
  }

  private String decode(int first) {
    int plainFrom = 0;
    int at = first;
    while (at >= 0) {
      int end = word(at, plainFrom);
      if (end > 0) {
        plainFrom = end;
      }
      at = find(value, end > 0 ? end : at + 2);
    }
    flush();
    plain(plainFrom, value.length());
    return text.toString();
  }

  /**
   * Reads the encoded-word at that place and the plain text before it.
   *
   * @return where it ends, or -1 if it is none
   */
  private int word(int at, int plainFrom) {
    int charsetEnd = value.indexOf((byte) '?', at + 2);
    int textStart = charsetEnd + 3;
    if (charsetEnd < 0 || textStart > value.length() || value.at(textStart - 1) != '?') {
      return -1;
    }
    int encoding = value.at(charsetEnd + 1) | 0x20;
    if (encoding != 'b' && encoding != 'q') {
      return -1;
    }
    Charset named = charset(value.slice(at + 2, charsetEnd));
    int textEnd = named == null ? -1 : end(textStart);
    if (named == null || textEnd < 0) {
      return -1;
    }
    if (!isSpace(plainFrom, at)) {
      flush();
      plain(plainFrom, at);
    }
    if (!named.equals(charset)) {
      flush();
      charset = named;
    }
    Octets encoded = value.slice(textStart, textEnd);
    if (encoding == 'b') {
      ByteBuffer in = ByteBuffer.wrap(encoded.array(), encoded.from(), encoded.length());
      new Base64Decoder().convert(in, octets);
    } else {
      q(encoded);
    }
    return textEnd + 2;
  }

  /** Where the {@code ?=} stands that closes a text before another one opens, or -1. */
  private int end(int from) {
    if (from >= noEndFrom) {
      return -1;
    }
    int at = value.indexOf((byte) '?', from);
    while (at >= 0 && !(at + 1 < value.length() && value.at(at + 1) == '=')) {
      if (at > from && value.at(at - 1) == '=') {
        return -1;
      }
      at = value.indexOf((byte) '?', at + 1);
    }
    if (at < 0) {
      noEndFrom = from;
    }
    return at;
  }

  /** The charset of the label, whose language tag (RFC 2231 section 5) is left off. */
  private static @Nullable Charset charset(Octets label) {
    int star = label.indexOf((byte) '*');
    return Charsets.find(star < 0 ? label : label.slice(0, star));
  }

  private boolean isSpace(int from, int to) {
    for (int i = from; i < to; i++) {
      if (value.at(i) != ' ' && value.at(i) != '\t') {
        return false;
      }
    }
    return true;
  }

  private void q(Octets encoded) {
    for (int i = 0; i < encoded.length(); i++) {
      int octet = encoded.at(i);
      if (octet == '_') {
        octet = ' ';
      } else if (octet == '=' && i + 2 < encoded.length()) {
        int high = Character.digit(encoded.at(i + 1), 16);
        int low = Character.digit(encoded.at(i + 2), 16);
        if (high >= 0 && low >= 0) {
          octet = high * 16 + low;
          i += 2;
        }
      }
      octets.put((byte) octet);
    }
  }

  private void plain(int from, int to) {
    text.append(Charsets.guess(value.slice(from, to)));
  }

  private void flush() {
    if (charset != null && octets.position() > 0) {
      text.append(new String(octets.array(), 0, octets.position(), charset));
      octets.clear();
    }
    charset = null;
  }
}
