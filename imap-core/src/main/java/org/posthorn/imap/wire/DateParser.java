package org.posthorn.imap.wire;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** RFC 9051: date, date-time. */
final class DateParser {
  private static final int MONTH_LETTERS = 3;
  private static final long[] MONTHS =
      months("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

  private static final int QUARTER = 15;
  private static final int MAX_QUARTERS = 18 * 4;

  /**
   * Those of whole quarters of an hour, made when they are needed. Any thread may put one there.
   */
  private static final @Nullable ZoneOffset[] OFFSETS = new ZoneOffset[2 * MAX_QUARTERS + 1];

  private DateParser() {}

  private static long[] months(String... names) {
    long[] months = new long[names.length];
    for (int i = 0; i < names.length; i++) {
      months[i] = CommandReader.of(names[i]).letters(MONTH_LETTERS);
    }
    return months;
  }

  /** date = date-text / DQUOTE date-text DQUOTE. */
  static LocalDate date(CommandReader in) throws SyntaxException {
    boolean quoted = in.accept('"');
    LocalDate date = dateText(in, digits(in, 1, 2));
    if (quoted) {
      in.expect('"');
    }
    return date;
  }

  /** date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE. */
  static OffsetDateTime dateTime(CommandReader in) throws SyntaxException {
    in.expect('"');
    int day = in.acceptSpace() ? digits(in, 1, 1) : digits(in, 1, 2);
    LocalDate date = dateText(in, day);
    in.expectSpace();
    int start = in.position();
    int hour = digits(in, 2, 2);
    in.expect(':');
    int minute = digits(in, 2, 2);
    in.expect(':');
    int second = digits(in, 2, 2);
    in.expectSpace();
    boolean west = in.peek() == '-';
    if (!west) {
      in.expect('+');
    } else {
      in.expect('-');
    }
    int zone = digits(in, 4, 4);
    in.expect('"');
    try {
      // A leap second is the last one of its minute for us.
      LocalDateTime local = date.atTime(hour, minute, Math.min(second, second == 60 ? 59 : second));
      int minutes = zone / 100 * 60 + zone % 100;
      return local.atOffset(offset(west ? -minutes : minutes));
    } catch (DateTimeException e) {
      throw new SyntaxException("no such time", start);
    }
  }

  /** The JDK finds them in a map. */
  private static ZoneOffset offset(int minutes) {
    int quarter = minutes / QUARTER + MAX_QUARTERS;
    if (minutes % QUARTER != 0 || quarter < 0 || quarter >= OFFSETS.length) {
      return ZoneOffset.ofTotalSeconds(minutes * 60);
    }
    ZoneOffset offset = OFFSETS[quarter];
    if (offset == null) {
      offset = ZoneOffset.ofTotalSeconds(minutes * 60);
      OFFSETS[quarter] = offset;
    }
    return offset;
  }

  private static LocalDate dateText(CommandReader in, int day) throws SyntaxException {
    int start = in.position();
    in.expect('-');
    int month = month(in);
    if (month == 0) {
      throw new SyntaxException("expected a month", start);
    }
    in.expect('-');
    int year = digits(in, 4, 4);
    try {
      return LocalDate.of(year, month, day);
    } catch (DateTimeException e) {
      throw new SyntaxException("no such day", start);
    }
  }

  /** From 1 on, or 0. */
  private static int month(CommandReader in) {
    long name = in.letters(MONTH_LETTERS);
    for (int i = 0; i < MONTHS.length; i++) {
      if (MONTHS[i] == name) {
        in.rewind(in.position() + MONTH_LETTERS);
        return i + 1;
      }
    }
    return 0;
  }

  private static int digits(CommandReader in, int min, int max) throws SyntaxException {
    int value = 0;
    int count = 0;
    while (count < max && Chars.isDigit(in.peek())) {
      value = value * 10 + in.next() - '0';
      count++;
    }
    if (count < min) {
      throw in.error("expected digits");
    }
    return value;
  }
}
