package org.posthorn.imap.fetch;

import org.jspecify.annotations.Nullable;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.mime.IndexText;
import org.posthorn.mime.Octets;

/** Strings that come out of messages. */
final class Strings {

  private Strings() {}

  /** The next text of the walk. */
  static ResponseEncoder nstring(IndexText text, ResponseEncoder out) {
    return text.next() ? string(text, out) : out.nil();
  }

  /** The next text of the walk, empty if it is not there. */
  static ResponseEncoder nextString(IndexText text, ResponseEncoder out) {
    return text.next() ? string(text, out) : string(Octets.EMPTY, out);
  }

  private static ResponseEncoder string(IndexText text, ResponseEncoder out) {
    return out.quoted(text.array(), text.from(), text.to())
        ? out
        : string(Octets.of(text.array(), text.from(), text.to()), out);
  }

  static ResponseEncoder nstring(@Nullable Octets octets, ResponseEncoder out) {
    return octets == null ? out.nil() : string(octets, out);
  }

  /** A NUL, which no string may have (RFC 9051 section 9: CHAR8), becomes a question mark. */
  static ResponseEncoder string(Octets octets, ResponseEncoder out) {
    if (out.quoted(octets)) {
      return out;
    }
    if (octets.indexOf((byte) 0) < 0) {
      return out.string(octets);
    }
    byte[] replaced = octets.toByteArray();
    for (int i = 0; i < replaced.length; i++) {
      if (replaced[i] == 0) {
        replaced[i] = '?';
      }
    }
    return out.string(Octets.of(replaced));
  }
}
