package org.posthorn.imap.binary;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.fetch.SectionResolver;
import org.posthorn.imap.fetch.Slices;
import org.posthorn.imap.fetch.StoredMessage;
import org.posthorn.mime.ContentCodec;
import org.posthorn.mime.Part;
import org.posthorn.mime.TransferEncoding;
import org.posthorn.store.StoreException;

/**
 * A part of a message and how its transfer encoding is undone. What has parts of its own has none
 * to undo, nor has the message as a whole.
 *
 * @param slices the encoded octets
 * @param encoding of these
 */
public record DecodedPart(Slices slices, TransferEncoding encoding) {

  /** The part of those numbers; none is the message itself. Null where there is no such part. */
  public static @Nullable DecodedPart of(List<Long> numbers, StoredMessage message)
      throws StoreException {
    Part part = SectionResolver.part(numbers, message.index());
    if (part == null) {
      return null;
    }
    return numbers.isEmpty() ? plain(Slices.of(part.headerStart(), part.end())) : of(part);
  }

  /** The body of a part. */
  public static DecodedPart of(Part part) {
    TransferEncoding encoding =
        part.kind() == Part.Kind.SINGLE
            ? TransferEncoding.of(part.encoding())
            : TransferEncoding.IDENTITY;
    return new DecodedPart(Slices.of(part.bodyStart(), part.end()), encoding);
  }

  /** Octets that are not encoded. */
  public static DecodedPart plain(Slices slices) {
    return new DecodedPart(slices, TransferEncoding.IDENTITY);
  }

  /** Whether the encoding is one that can be undone; else the answer is UNKNOWN-CTE. */
  public boolean isKnown() {
    return encoding != TransferEncoding.UNKNOWN;
  }

  ContentCodec codec() {
    return encoding.decoder();
  }
}
