package org.posthorn.pop3;

import java.time.Duration;

/**
 * What one client may take.
 *
 * @param lineOctets octets of a command line, CRLF included (RFC 2449 section 4: 255); AUTH with
 *     its initial response may have {@link org.posthorn.protocol.sasl.SaslDialogue#MAX_LINE}
 * @param badCommands commands in a row that are not understood before the connection is closed
 * @param idle time without a command before the connection is closed; RFC 1939 section 3 wants at
 *     least 10 minutes
 * @param login time that a client may take to log in
 */
public record Pop3Limits(int lineOctets, int badCommands, Duration idle, Duration login) {
  /** 255 octets, 10 commands, 10 minutes, 3 minutes. */
  public static final Pop3Limits DEFAULTS =
      new Pop3Limits(255, 10, Duration.ofMinutes(10), Duration.ofMinutes(3));

  private static final int MIN_LINE = 40;

  public Pop3Limits {
    if (lineOctets < MIN_LINE || badCommands < 1 || isNotPositive(idle) || isNotPositive(login)) {
      throw new IllegalArgumentException("limits must be positive, a line at least 40 octets");
    }
  }

  private static boolean isNotPositive(Duration duration) {
    return duration.isZero() || duration.isNegative();
  }

  public Pop3Limits withLineOctets(int octets) {
    return new Pop3Limits(octets, badCommands, idle, login);
  }

  public Pop3Limits withBadCommands(int commands) {
    return new Pop3Limits(lineOctets, commands, idle, login);
  }

  public Pop3Limits withIdle(Duration time) {
    return new Pop3Limits(lineOctets, badCommands, time, login);
  }

  public Pop3Limits withLogin(Duration time) {
    return new Pop3Limits(lineOctets, badCommands, idle, time);
  }
}
