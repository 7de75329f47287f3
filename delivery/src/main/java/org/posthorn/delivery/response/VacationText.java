package org.posthorn.delivery.response;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.SmtpSyntaxException;

/**
 * A {@link Vacation} as text in UTF-8: settings, an empty line, and what is answered.
 *
 * <pre>
 * subject: Away until March
 * from: 2026-02-16
 * until: 2026-02-28
 * every: 7
 * address: alice@example.org
 * address: sales@example.org
 *
 * I am back in March.
 * </pre>
 *
 * Every setting may be left out: {@code subject} (the message's own behind "Auto:"), {@code from}
 * and {@code until}, the first and the last day on which mail is answered, {@code every} so many
 * days one sender is answered once, {@code address}, further addresses of the user.
 */
public final class VacationText {
  /** Days that one sender may have to wait: what is remembered for longer must have an end. */
  public static final int LONGEST_DAYS = 60;

  private VacationText() {}

  /**
   * Reads text.
   *
   * @param zone whose days begin and end the time
   * @throws IllegalArgumentException naming the line that is wrong
   */
  public static Vacation parse(String text, ZoneId zone) {
    Settings settings = new Settings(zone);
    int number = 0;
    int at = 0;
    while (at < text.length()) {
      number++;
      int end = text.indexOf('\n', at);
      String line = text.substring(at, end < 0 ? text.length() : end).strip();
      at = end < 0 ? text.length() : end + 1;
      if (line.isEmpty()) {
        break;
      }
      try {
        settings.add(line);
      } catch (IllegalArgumentException | DateTimeException | SmtpSyntaxException e) {
        throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
      }
    }
    return settings.vacation(text.substring(at).strip());
  }

  private static final class Settings {
    private final ZoneId zone;
    private final Set<Address> own = new HashSet<>();
    private String subject = "";
    private Instant begins = Instant.MIN;
    private Instant ends = Instant.MAX;
    private Duration period = Vacation.PERIOD;

    Settings(ZoneId zone) {
      this.zone = zone;
    }

    void add(String line) throws SmtpSyntaxException {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new IllegalArgumentException("a setting is NAME: VALUE, an empty line ends them");
      }
      String value = line.substring(colon + 1).strip();
      switch (line.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
        case "subject" -> subject = value;
        case "from" -> begins = LocalDate.parse(value).atStartOfDay(zone).toInstant();
        case "until" -> ends = LocalDate.parse(value).plusDays(1).atStartOfDay(zone).toInstant();
        case "every" -> period = Duration.ofDays(days(value));
        case "address" -> own.add(Address.parse(value));
        default -> throw new IllegalArgumentException("unknown setting");
      }
    }

    private static int days(String value) {
      int days = value.matches("\\d{1,3}") ? Integer.parseInt(value) : 0;
      if (days < 1 || days > LONGEST_DAYS) {
        throw new IllegalArgumentException("a number of days, 1 to " + LONGEST_DAYS);
      }
      return days;
    }

    Vacation vacation(String text) {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("no text to answer behind an empty line");
      }
      if (!begins.isBefore(ends)) {
        throw new IllegalArgumentException("it ends before it begins");
      }
      return new Vacation(own, subject, text, begins, ends, period);
    }
  }
}
