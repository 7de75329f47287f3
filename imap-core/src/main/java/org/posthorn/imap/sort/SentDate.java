package org.posthorn.imap.sort;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.Envelope;
import org.posthorn.mime.MailDate;
import org.posthorn.mime.Octets;
import org.posthorn.store.Row;

/** When a message was sent (RFC 5256 section 2.2). */
public final class SentDate {
  private SentDate() {}

  /**
   * In seconds since 1970: by the Date field, else by the internal date, which the row must have.
   */
  public static long of(Row row, Envelope envelope) {
    @Nullable Octets field = envelope.date();
    @Nullable OffsetDateTime date = field == null ? null : MailDate.parse(field);
    if (date == null) {
      date = row.internalDate();
    }
    return date == null ? Long.MIN_VALUE : date.toEpochSecond();
  }
}
