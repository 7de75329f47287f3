package org.posthorn.smtp;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The wish to have mail delivered within a time (RFC 2852).
 *
 * @param seconds from the MAIL command on; negative where the time has passed already
 * @param returned whether it is to be returned then; otherwise the sender is told and it goes on
 * @param trace whether the sender wants to hear of every relay
 */
public record DeliverBy(int seconds, boolean returned, boolean trace) {
  private static final Pattern VALUE = Pattern.compile("([-+]?\\d{1,9});([NnRr])([Tt]?)");

  public DeliverBy {
    if (returned && seconds <= 0) {
      throw new IllegalArgumentException("no time left to deliver");
    }
  }

  /** Reads the value of BY. */
  public static DeliverBy parse(String value) throws SmtpSyntaxException {
    Matcher matcher = VALUE.matcher(value);
    if (!matcher.matches()) {
      throw new SmtpSyntaxException("BY takes seconds, a semicolon, N or R, and perhaps T");
    }
    int seconds = Integer.parseInt(matcher.group(1));
    boolean returned = matcher.group(2).equalsIgnoreCase("R");
    if (returned && seconds <= 0) {
      throw new SmtpSyntaxException("BY with R takes more than no time");
    }
    return new DeliverBy(seconds, returned, !matcher.group(3).isEmpty());
  }

  /** The deliver-by-time. */
  public Instant deadline(Instant received) {
    return received.plusSeconds(seconds);
  }

  /** What is left of it at a later time, to be told to the next server. */
  public DeliverBy after(Duration passed) {
    long left = Math.max(-999_999_999, seconds - passed.toSeconds());
    return new DeliverBy((int) left, returned, trace);
  }

  /** The value of BY. */
  @Override
  public String toString() {
    return seconds + (returned ? ";R" : ";N") + (trace ? "T" : "");
  }
}
