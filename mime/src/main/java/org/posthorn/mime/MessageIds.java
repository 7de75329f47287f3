package org.posthorn.mime;

import java.util.ArrayList;
import java.util.List;

/** The message identifiers of Message-ID, In-Reply-To and References (RFC 5322 section 3.6.4). */
public final class MessageIds {

  private MessageIds() {}

  /**
   * What stands between angle brackets, without them, white space within left out; phrases and
   * comments of the obsolete form are passed over. Where there are no brackets at all, every word
   * with an {@code @} is one.
   */
  public static List<Octets> parse(Octets value) {
    List<Octets> found = new ArrayList<>();
    byte[] array = value.array();
    int at = value.from();
    while (at < value.to()) {
      byte octet = array[at];
      if (octet == '<') {
        int end = end(array, at + 1, value.to());
        if (end < 0) {
          break;
        }
        add(withoutSpace(Octets.of(array, at + 1, end)), found);
        at = end + 1;
      } else if (octet == '"' || octet == '(') {
        at = skip(array, at, value.to());
      } else {
        at++;
      }
    }
    return found.isEmpty() ? bare(value) : List.copyOf(found);
  }

  private static void add(Octets id, List<Octets> found) {
    if (!id.isEmpty()) {
      found.add(id);
    }
  }

  private static int end(byte[] array, int from, int to) {
    boolean quoted = false;
    for (int i = from; i < to; i++) {
      if (array[i] == '"') {
        quoted = !quoted;
      } else if (array[i] == '\\' && quoted) {
        i++;
      } else if (array[i] == '>' && !quoted) {
        return i;
      }
    }
    // A quote that is never closed was no quote.
    for (int i = from; i < to && quoted; i++) {
      if (array[i] == '>') {
        return i;
      }
    }
    return -1;
  }

  /** Passes over a quoted string or a comment; one that is not closed is one octet. */
  private static int skip(byte[] array, int from, int to) {
    boolean comment = array[from] == '(';
    int depth = 1;
    for (int i = from + 1; i < to; i++) {
      byte octet = array[i];
      if (octet == '\\') {
        i++;
      } else if (comment && octet == '(') {
        depth++;
      } else if (octet == (comment ? ')' : '"') && --depth == 0) {
        return i + 1;
      }
    }
    return from + 1;
  }

  private static List<Octets> bare(Octets value) {
    List<Octets> found = new ArrayList<>();
    byte[] array = value.array();
    int at = value.from();
    while (at < value.to()) {
      int start = at;
      boolean isId = false;
      while (at < value.to() && !isSpace(array[at])) {
        isId |= array[at] == '@';
        at++;
      }
      if (isId) {
        Octets word = Octets.of(array, start, at);
        found.add(word.at(0) == '<' ? word.slice(1) : word);
      }
      at++;
    }
    found.removeIf(Octets::isEmpty);
    return List.copyOf(found);
  }

  private static Octets withoutSpace(Octets id) {
    byte[] kept = new byte[id.length()];
    int length = 0;
    for (int i = 0; i < id.length(); i++) {
      byte octet = (byte) id.at(i);
      if (!isSpace(octet)) {
        kept[length++] = octet;
      }
    }
    return length == kept.length ? id : Octets.of(kept, 0, length);
  }

  private static boolean isSpace(byte octet) {
    return octet >= 0 && octet <= ' ';
  }
}
