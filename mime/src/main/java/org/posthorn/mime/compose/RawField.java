package org.posthorn.mime.compose;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.posthorn.mime.HeaderText;
import org.posthorn.mime.Octets;
import org.posthorn.mime.message.HeaderField;

/** Writes a field that was read: as it is where that is permitted, else downgraded (RFC 6857). */
final class RawField {

  private static final Set<String> ADDRESSES =
      Set.of(
          "from",
          "sender",
          "to",
          "cc",
          "bcc",
          "reply-to",
          "resent-from",
          "resent-sender",
          "resent-to",
          "resent-cc",
          "resent-bcc",
          "resent-reply-to",
          "return-path",
          "disposition-notification-to");

  private static final Set<String> IDS =
      Set.of("message-id", "resent-message-id", "in-reply-to", "references");

  private static final Set<String> PARAMETERIZED = Set.of("content-type", "content-disposition");

  private static final Set<String> RECIPIENTS = Set.of("original-recipient", "final-recipient");

  private static final int MAX_LINE = 998;

  private RawField() {}

  static byte[] octets(HeaderField field, boolean utf8) {
    String name = field.name().asAscii();
    byte[] verbatim = verbatim(name, field.raw());
    if (isPermitted(verbatim, utf8)) {
      return verbatim;
    }
    FieldWriter out = new FieldWriter(name, utf8);
    String lowerCase = name.toLowerCase(Locale.ROOT);
    boolean written;
    if (ADDRESSES.contains(lowerCase)) {
      written = Downgrade.addresses(field, out);
    } else if (PARAMETERIZED.contains(lowerCase)) {
      written = Downgrade.parameters(field, out);
    } else if (lowerCase.equals("received")) {
      written = Downgrade.received(field, out);
    } else if (IDS.contains(lowerCase) || RECIPIENTS.contains(lowerCase)) {
      written =
          IDS.contains(lowerCase)
              ? Downgrade.comments(field, out)
              : Downgrade.recipient(field, out);
      if (!written) {
        // RFC 6857 section 3.1.10.
        out = new FieldWriter("Downgraded-" + name, utf8);
      }
    } else {
      written = Downgrade.comments(field, out);
    }
    if (!written) {
      out.text(HeaderText.decode(field.raw()));
    }
    return out.octets();
  }

  /** The field with CRLF as line ends, without blank lines, lone CR and NUL. */
  private static byte[] verbatim(String name, Octets raw) {
    ByteBuffer out = ByteBuffer.allocate(name.length() + 3 + raw.length() * 2);
    out.put(name.getBytes(StandardCharsets.US_ASCII)).put((byte) ':');
    int lineStart = 0;
    while (lineStart < raw.length()) {
      int lf = raw.indexOf((byte) '\n', lineStart);
      int end = lf < 0 ? raw.length() : lf;
      boolean blank = true;
      int before = out.position();
      for (int i = lineStart; i < end; i++) {
        int octet = raw.at(i);
        if (octet != '\r' && octet != 0) {
          out.put((byte) octet);
          blank &= octet == ' ' || octet == '\t';
        }
      }
      if (blank && lineStart > 0) {
        out.position(before);
      } else {
        out.put((byte) '\r').put((byte) '\n');
      }
      lineStart = end + 1;
    }
    if (raw.isEmpty()) {
      out.put((byte) '\r').put((byte) '\n');
    }
    byte[] octets = new byte[out.position()];
    out.flip().get(octets);
    return octets;
  }

  static boolean isPermitted(byte[] octets, boolean utf8) {
    int line = 0;
    boolean high = false;
    for (byte octet : octets) {
      if (++line > MAX_LINE + 2) {
        return false;
      }
      if (octet == '\n') {
        line = 0;
      }
      high |= octet < 0;
    }
    return !high || (utf8 && isUtf8(octets));
  }

  private static boolean isUtf8(byte[] octets) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
