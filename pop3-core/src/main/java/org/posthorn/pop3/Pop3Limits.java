package org.posthorn.pop3;

import java.time.Duration;

/**
 * What one client may take.
 *
 * @param lineOctets octets of a command line, CRLF included (RFC 2449 section 4: 255); AUTH with
 *     its initial response may have {@link org.posthorn.protocol.sasl.SaslDialogue#MAX_LINE}
 * @param badCommands commands in a row that are not understood before the connection is closed
 * @param readAheadOctets octets of messages that a session keeps at most because they came with the
 *     one before; 0 for none
 * @param idle time without a command before the connection is closed; RFC 1939 section 3 wants at
 *     least 10 minutes
 * @param login time that a client may take to log in
 */
public record Pop3Limits(
    int lineOctets, int badCommands, int readAheadOctets, Duration idle, Duration login) {
  /** 255 octets, 10 commands, 64 KiB, 10 minutes, 3 minutes. */
  public static final Pop3Limits DEFAULTS =
      new Pop3Limits(255, 10, 64 << 10, Duration.ofMinutes(10), Duration.ofMinutes(3));

  private static final int MIN_LINE = 40;

  public Pop3Limits {
    boolean timeless = isNotPositive(idle) || isNotPositive(login);
    if (lineOctets < MIN_LINE || badCommands < 1 || readAheadOctets < 0 || timeless) {
      throw new IllegalArgumentException("limits must be positive, a line at least 40 octets");
    }
  }

  private static boolean isNotPositive(Duration duration) {
    return duration.isZero() || duration.isNegative();
  }

  public Pop3Limits withLineOctets(int octets) {
    return new Pop3Limits(octets, badCommands, readAheadOctets, idle, login);
  }

  public Pop3Limits withBadCommands(int commands) {
    return new Pop3Limits(lineOctets, commands, readAheadOctets, idle, login);
  }

  public Pop3Limits withReadAheadOctets(int octets) {
    return new Pop3Limits(lineOctets, badCommands, octets, idle, login);
  }

  public Pop3Limits withIdle(Duration time) {
    return new Pop3Limits(lineOctets, badCommands, readAheadOctets, time, login);
  }

  public Pop3Limits withLogin(Duration time) {
    return new Pop3Limits(lineOctets, badCommands, readAheadOctets, idle, time);
  }
}
