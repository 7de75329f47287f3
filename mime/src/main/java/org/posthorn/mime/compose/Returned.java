package org.posthorn.mime.compose;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.posthorn.mime.message.Message;

/** The third part of a report: the message that it is about, or its header. */
final class Returned {

  private Returned() {}

  static MimePart message(Message message, IdSource ids) throws IOException {
    return MimePart.message(MimePart.of(message, ids));
  }

  /** text/rfc822-headers (RFC 6522 section 4), or message/global-headers (RFC 6533 section 5). */
  static MimePart header(Message message) throws IOException {
    List<OutgoingField> fields = OutgoingField.of(message.header());
    return MimePart.byForm(
        form -> {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          boolean eightBit = false;
          for (OutgoingField field : fields) {
            byte[] octets = field.octets(form);
            for (byte octet : octets) {
              eightBit |= octet < 0;
            }
            out.writeBytes(octets);
          }
          return StatusBody.part(
              eightBit ? "message/global-headers" : "text/rfc822-headers",
              Content.of(out.toByteArray()));
        });
  }
}
