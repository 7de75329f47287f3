package org.posthorn.store.cassandra.faults;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Messages known by a number, which shows in the internal date too: that is kept by COPY and MOVE,
 * and listed without a look at the octets.
 */
final class SentMessage {
  private static final OffsetDateTime FIRST =
      OffsetDateTime.of(2001, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("dd-MMM-yyyy HH:mm:ss xx", Locale.ENGLISH);
  private static final DateTimeFormatter READ =
      DateTimeFormatter.ofPattern("d-MMM-yyyy HH:mm:ss xx", Locale.ENGLISH);

  private SentMessage() {}

  static String internalDate(long message) {
    return FORMAT.format(FIRST.plusSeconds(message));
  }

  static long number(String internalDate) {
    return Duration.between(FIRST, OffsetDateTime.parse(internalDate.strip(), READ)).toSeconds();
  }

  /** Mostly small, now and then of two chunks. */
  static String octets(long message) {
    int lines = message % 50 == 0 ? 3_000 : (int) (message % 7) * 5;
    StringBuilder text = new StringBuilder("Subject: message " + message + "\r\n\r\n");
    for (int i = 0; i < lines; i++) {
      text.append("This is line ").append(i).append(" of message ").append(message).append("\r\n");
    }
    return text.toString();
  }
}
