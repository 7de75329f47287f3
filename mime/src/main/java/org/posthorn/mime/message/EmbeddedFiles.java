package org.posthorn.mime.message;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.HeaderText;
import org.posthorn.mime.Octets;

/**
 * Looks through a text for files in uuencode or yEnc: a first line of the right form and, for
 * uuencode, a line after it that can be data. A file that is not closed goes to the end.
 */
final class EmbeddedFiles {

  private static final int BUFFER = 8192;
  private static final int MAX_LINE = 512;

  private final MessagePart part;
  private final List<Attachment> found;
  private final byte[] line = new byte[MAX_LINE];
  private int length;
  private long position;
  private long lineStart;

  private Attachment.@Nullable Kind open;
  private @Nullable String name;
  private long openFrom;
  private boolean confirmed;

  private EmbeddedFiles(MessagePart part, List<Attachment> found) {
    this.part = part;
    this.found = found;
  }

  static void find(MessagePart part, List<Attachment> found) throws IOException {
    EmbeddedFiles files = new EmbeddedFiles(part, found);
    byte[] buffer = new byte[BUFFER];
    try (InputStream content = part.content()) {
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        files.scan(buffer, n);
      }
    }
    files.end();
  }

  private void scan(byte[] buffer, int count) {
    for (int i = 0; i < count; i++) {
      byte octet = buffer[i];
      position++;
      if (octet == '\n') {
        endLine();
        length = 0;
        lineStart = position;
      } else if (length < MAX_LINE) {
        line[length++] = octet;
      }
    }
  }

  private void end() {
    if (length > 0) {
      endLine();
    }
    close(position);
  }

  private void endLine() {
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    Attachment.Kind kind = open;
    if (kind == Attachment.Kind.UUENCODE) {
      insideUuencode();
    } else if (kind == Attachment.Kind.YENC) {
      if (startsWith("=yend")) {
        close(position);
      }
    } else if (startsWith("begin ")) {
      beginUuencode();
    } else if (startsWith("=ybegin ")) {
      int at = indexOf(" name=");
      if (at >= 0) {
        begin(Attachment.Kind.YENC, at + " name=".length());
        confirmed = true;
      }
    }
  }

  private void insideUuencode() {
    if (!confirmed && !isData()) {
      open = null;
      return;
    }
    confirmed = true;
    if (length == 3 && startsWith("end")) {
      close(position);
    }
  }

  /** {@code begin 644 name}. */
  private void beginUuencode() {
    int at = "begin ".length();
    int digits = at;
    while (digits < length && line[digits] >= '0' && line[digits] <= '7') {
      digits++;
    }
    boolean mode = digits - at >= 3 && digits - at <= 4;
    if (mode && digits + 1 < length && line[digits] == ' ') {
      begin(Attachment.Kind.UUENCODE, digits + 1);
    }
  }

  private void begin(Attachment.Kind kind, int nameAt) {
    open = kind;
    openFrom = lineStart;
    confirmed = false;
    name = HeaderText.decode(Octets.of(Arrays.copyOfRange(line, nameAt, length)));
  }

  /** Whether the line has about as many characters as its first one says. */
  private boolean isData() {
    if (length == 0) {
      return false;
    }
    int octets = (line[0] - ' ') & 63;
    int characters = (octets + 2) / 3 * 4;
    boolean inRange = line[0] >= ' ' && line[0] <= '`';
    // Spaces at the end of a line may have been cut off, and some encoders add a check character.
    return inRange && length - 1 <= characters + 2 && length - 1 >= characters - 4;
  }

  private void close(long end) {
    Attachment.Kind kind = open;
    if (kind != null && confirmed) {
      found.add(new Attachment(part, kind, name, openFrom, end));
    }
    open = null;
  }

  private boolean startsWith(String text) {
    return length >= text.length() && matches(text, 0);
  }

  private boolean matches(String text, int at) {
    for (int i = 0; i < text.length(); i++) {
      if (line[at + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int indexOf(String text) {
    for (int at = 0; at + text.length() <= length; at++) {
      if (matches(text, at)) {
        return at;
      }
    }
    return -1;
  }
}
