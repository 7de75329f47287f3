package org.posthorn.smtp;

import java.time.Duration;

/**
 * Limits of an SMTP service.
 *
 * @param lineOctets a command line with CRLF; RFC 5321 section 4.5.3.1.4 asks for 512 and more with
 *     extensions, RFC 4954 for 12,288
 * @param messageOctets announced with SIZE and enforced while streaming
 * @param recipients accepted in one transaction; RFC 5321 section 4.5.3.1.8 asks for 100
 * @param errors refused or broken commands in one session
 * @param transactions mail transactions in one session
 * @param commandIdle waiting for a command (RFC 5321 section 4.5.3.2.7)
 * @param dataIdle waiting for the next octet of content
 * @param greetingIdle waiting for HELO and, on submission, for AUTH
 */
public record SmtpLimits(
    int lineOctets,
    long messageOctets,
    int recipients,
    int errors,
    int transactions,
    Duration commandIdle,
    Duration dataIdle,
    Duration greetingIdle) {
  public static final SmtpLimits DEFAULTS =
      new SmtpLimits(
          12_288,
          50L << 20,
          1_000,
          20,
          1_000,
          Duration.ofMinutes(5),
          Duration.ofMinutes(3),
          Duration.ofMinutes(2));

  public SmtpLimits {
    if (lineOctets < 512 || messageOctets < 1 || recipients < 1 || errors < 1 || transactions < 1) {
      throw new IllegalArgumentException("limit too small");
    }
  }

  public SmtpLimits withLineOctets(int octets) {
    return new SmtpLimits(
        octets,
        messageOctets,
        recipients,
        errors,
        transactions,
        commandIdle,
        dataIdle,
        greetingIdle);
  }

  public SmtpLimits withMessageOctets(long octets) {
    return new SmtpLimits(
        lineOctets, octets, recipients, errors, transactions, commandIdle, dataIdle, greetingIdle);
  }

  public SmtpLimits withRecipients(int count) {
    return new SmtpLimits(
        lineOctets,
        messageOctets,
        count,
        errors,
        transactions,
        commandIdle,
        dataIdle,
        greetingIdle);
  }

  public SmtpLimits withErrors(int count) {
    return new SmtpLimits(
        lineOctets,
        messageOctets,
        recipients,
        count,
        transactions,
        commandIdle,
        dataIdle,
        greetingIdle);
  }

  public SmtpLimits withTransactions(int count) {
    return new SmtpLimits(
        lineOctets, messageOctets, recipients, errors, count, commandIdle, dataIdle, greetingIdle);
  }

  public SmtpLimits withIdle(Duration command, Duration data, Duration greeting) {
    return new SmtpLimits(
        lineOctets, messageOctets, recipients, errors, transactions, command, data, greeting);
  }
}
