package org.posthorn.mime;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The date and time of RFC 5322 sections 3.3 and 4.3. */
public final class MailDate {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss xx", Locale.ROOT);

  private MailDate() {}

  /**
   * The date of a field's value, or null if it cannot be read as one. Besides the current form it
   * may be an obsolete one (two-digit year, named zone, comments), that of {@code asctime}, or that
   * of ISO 8601. A missing or unknown zone counts as UTC, a missing or impossible time as midnight
   * UTC (RFC 5256 section 2.2).
   */
  public static @Nullable OffsetDateTime parse(Octets value) {
    DateScanner scanner = new DateScanner(value);
    scanner.scan();
    return scanner.date();
  }

  /**
   * The date in the current form, {@code Fri, 21 Nov 1997 09:55:06 -0600}; seconds of the offset
   * are left off.
   */
  public static String format(OffsetDateTime date) {
    return FORMAT.format(date);
  }

  /** The date of those numbers, or null if there is none. */
  static @Nullable OffsetDateTime of(
      int year, int month, int day, int hour, int minute, int second, int offsetMinutes) {
    boolean midnight = hour == 24 && minute == 0 && second == 0;
    try {
      LocalDateTime time =
          LocalDateTime.of(
              year, month, day, midnight ? 0 : hour, minute, second == 60 ? 59 : second);
      ZoneOffset offset =
          Math.abs(offsetMinutes) > 18 * 60
              ? ZoneOffset.UTC
              : ZoneOffset.ofTotalSeconds(offsetMinutes * 60);
      return OffsetDateTime.of(midnight ? time.plusDays(1) : time, offset);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
