package org.posthorn.smtp;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Since when the sender knows a recipient as the owner of a mailbox (RFC 7293).
 *
 * @param since in whole seconds
 * @param unprotected whether mail may go on by a server that does not know RRVS
 */
public record ValidSince(Instant since, boolean unprotected) {
  /** RFC 3339 date-time without time-secfrac. */
  private static final Pattern DATE_TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(Z|[-+]\\d\\d:\\d\\d)");

  public ValidSince {
    since = since.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Reads the value of RRVS. */
  public static ValidSince parse(String value) throws SmtpSyntaxException {
    String upper = value.toUpperCase(Locale.ROOT);
    boolean unprotected = upper.endsWith(";C");
    String time =
        unprotected || upper.endsWith(";R") ? upper.substring(0, upper.length() - 2) : upper;
    return new ValidSince(dateTime(time, "RRVS"), unprotected);
  }

  /** RFC 3339 date-time in whole seconds. */
  public static Instant dateTime(String text, String keyword) throws SmtpSyntaxException {
    String upper = text.toUpperCase(Locale.ROOT);
    if (!DATE_TIME.matcher(upper).matches()) {
      throw new SmtpSyntaxException(keyword + " takes a date and time with a time zone");
    }
    try {
      // A leap second (RFC 3339 section 5.6) is the last second of its minute to java.time.
      return OffsetDateTime.parse(upper.replaceFirst(":60(?=Z|[-+])", ":59")).toInstant();
    } catch (DateTimeParseException e) {
      throw new SmtpSyntaxException(keyword + " takes a date and time that exists");
    }
  }

  /** The value of RRVS. */
  @Override
  public String toString() {
    return since + (unprotected ? ";C" : ";R");
  }
}
