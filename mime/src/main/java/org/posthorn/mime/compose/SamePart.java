package org.posthorn.mime.compose;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.Octets;
import org.posthorn.mime.ParameterizedValue;
import org.posthorn.mime.Part;
import org.posthorn.mime.TransferEncoding;

/**
 * Whether the header of a part that was read still says the same when it has been written without
 * what must not be written: {@code multipar\0t/mixed} is no multipart until the NUL is gone.
 */
final class SamePart {

  private SamePart() {}

  static boolean isRead(List<OutgoingField> fields, OutputForm form, Part part) {
    Octets header = Prepared.header(fields, form);
    Part read = MessageIndex.of(header.toByteArray()).root();
    return read.kind() == part.kind()
        && read.type().equalsIgnoreCase(part.type())
        && read.subtype().equalsIgnoreCase(part.subtype())
        && TransferEncoding.of(read.encoding()) == TransferEncoding.of(part.encoding())
        && Objects.equals(text(read, "boundary"), text(part, "boundary"))
        && Objects.equals(text(read, "charset"), text(part, "charset"));
  }

  private static @Nullable String text(Part part, String parameter) {
    return ParameterizedValue.text(part.parameters(), parameter);
  }
}
