package org.posthorn.imap.wire;

import java.time.OffsetDateTime;

/**
 * RFC 9051: date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE.
 */
final class DateEncoder {
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private DateEncoder() {}

  static ResponseEncoder dateTime(ResponseEncoder out, OffsetDateTime time) {
    int month = (time.getMonthValue() - 1) * 3;
    int zone = time.getOffset().getTotalSeconds() / 60;
    int minutes = Math.abs(zone);
    out.put('"');
    out.put(time.getDayOfMonth() < 10 ? ' ' : (char) ('0' + time.getDayOfMonth() / 10));
    out.put((char) ('0' + time.getDayOfMonth() % 10)).put('-');
    out.words(MONTHS.substring(month, month + 3)).put('-');
    int year = Math.min(9999, Math.max(0, time.getYear()));
    two(two(out, year / 100), year % 100).put(' ');
    two(out, time.getHour()).put(':');
    two(out, time.getMinute()).put(':');
    two(out, time.getSecond()).put(' ');
    out.put(zone < 0 ? '-' : '+');
    return two(two(out, minutes / 60), minutes % 60).put('"');
  }

  private static ResponseEncoder two(ResponseEncoder out, int value) {
    return out.put((char) ('0' + value / 10)).put((char) ('0' + value % 10));
  }
}
