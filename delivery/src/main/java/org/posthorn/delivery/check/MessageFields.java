package org.posthorn.delivery.check;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.posthorn.delivery.Spool;
import org.posthorn.store.StoreException;

/** The header of a message, cut into fields, and where its body begins. */
public final class MessageFields {
  /** Octets of a header that are looked at; a longer one is not. */
  public static final int MOST = 4 << 20;

  private final List<byte[]> fields = new ArrayList<>();
  private final long bodyAt;
  private final boolean emptyLine;

  private MessageFields(byte[] header, boolean whole) throws StoreException {
    int at = 0;
    while (at < header.length && isField(header, at)) {
      int end = endOfField(header, at);
      byte[] field = new byte[end - at];
      System.arraycopy(header, at, field, 0, field.length);
      fields.add(field);
      at = end;
    }
    if (at == header.length && !whole) {
      throw new StoreException(StoreException.Code.LIMIT, "header is too long to be looked at");
    }
    int behind = afterLineEnd(header, at);
    emptyLine = behind > at;
    bodyAt = behind;
  }

  /** Reads the header of a message. */
  public static MessageFields of(Spool content) throws StoreException {
    ByteBuffer octets = content.head(MOST);
    byte[] head = new byte[octets.remaining()];
    octets.get(head);
    return new MessageFields(head, content.size() <= MOST);
  }

  private static boolean isField(byte[] header, int from) {
    for (int i = from; i < header.length; i++) {
      byte b = header[i];
      if (b == ':') {
        return i > from;
      }
      if (b < ' ' && b != '\t') {
        return false;
      }
    }
    return false;
  }

  private static int endOfField(byte[] header, int from) {
    int i = from;
    do {
      while (i < header.length && header[i] != '\n') {
        i++;
      }
      i = Math.min(i + 1, header.length);
    } while (i < header.length && (header[i] == ' ' || header[i] == '\t'));
    return i;
  }

  private static int afterLineEnd(byte[] header, int at) {
    if (at < header.length && header[at] == '\n') {
      return at + 1;
    }
    boolean crlf = at + 1 < header.length && header[at] == '\r' && header[at + 1] == '\n';
    return crlf ? at + 2 : at;
  }

  /** Raw fields with their line ends, in order. */
  public List<byte[]> fields() {
    return fields;
  }

  /** Octets before the body, the empty line included. */
  public long bodyAt() {
    return bodyAt;
  }

  /** Whether an empty line ends the header. */
  public boolean emptyLine() {
    return emptyLine;
  }

  /** The name of a raw field as it is written. */
  public static String name(byte[] field) {
    int end = 0;
    while (field[end] != ':') {
      end++;
    }
    return new String(field, 0, end, StandardCharsets.ISO_8859_1).strip();
  }

  /** What stands behind the colon, without the last line end; an octet for a character. */
  public static String value(byte[] field) {
    String text = new String(field, StandardCharsets.ISO_8859_1);
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    int colon = text.indexOf(':');
    return text.substring(Math.min(colon + 1, end), end);
  }

  static boolean named(byte[] field, String name) {
    return name(field).toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT));
  }
}
