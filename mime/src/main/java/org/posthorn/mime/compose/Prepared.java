package org.posthorn.mime.compose;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.posthorn.mime.Octets;

/**
 * A part of which all is decided that must stand in its header: it can be written now.
 *
 * @param header with the blank line
 * @param body writes the rest
 * @param eightBit whether the body has octets above 127
 * @param plain what of the body is written as it is, so that a boundary must not be in it
 */
record Prepared(Octets header, Body body, boolean eightBit, List<Content> plain) {

  /** Writes a body. */
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(header.toByteArray());
    body.writeTo(out);
  }

  /** The fields and what the body adds to them, with the blank line. */
  static Octets header(List<OutgoingField> fields, OutputForm form, String... more) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (OutgoingField field : fields) {
      out.writeBytes(field.octets(form));
    }
    for (String line : more) {
      if (!line.isEmpty()) {
        out.writeBytes((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
      }
    }
    out.write('\r');
    out.write('\n');
    return Octets.of(out.toByteArray());
  }
}
