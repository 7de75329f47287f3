package org.posthorn.smtp;

import java.time.Duration;

/**
 * Limits of an SMTP service.
 *
 * @param lineOctets a command line with CRLF; RFC 5321 section 4.5.3.1.4 asks for 512 and more with
 *     extensions, RFC 4954 for 12,288
 * @param textLineOctets a line of content with CRLF; RFC 5321 section 4.5.3.1.6 asks for 1,000, but
 *     longer ones are in use
 * @param messageOctets announced with SIZE and enforced while streaming
 * @param recipients accepted in one transaction; RFC 5321 section 4.5.3.1.8 asks for 100
 * @param errors refused or broken commands in one session
 * @param transactions MAIL commands in one session, whether they succeed or not
 * @param hops Received fields of a message (RFC 5321 section 6.3)
 * @param commandIdle waiting for a whole command (RFC 5321 section 4.5.3.2.7)
 * @param dataIdle waiting for the next octet of content
 * @param dataTotal waiting for the end of content
 * @param greetingIdle waiting for HELO and, on submission, for AUTH
 */
public record SmtpLimits(
    int lineOctets,
    int textLineOctets,
    long messageOctets,
    int recipients,
    int errors,
    int transactions,
    int hops,
    Duration commandIdle,
    Duration dataIdle,
    Duration dataTotal,
    Duration greetingIdle) {
  public static final SmtpLimits DEFAULTS =
      new SmtpLimits(
          12_288,
          1 << 20,
          50L << 20,
          1_000,
          20,
          1_000,
          HopLimit.STANDARD,
          Duration.ofMinutes(5),
          Duration.ofMinutes(3),
          Duration.ofHours(2),
          Duration.ofMinutes(2));

  public SmtpLimits {
    if (lineOctets < 512 || textLineOctets < 80) {
      throw new IllegalArgumentException("line limit too small");
    }
    if (messageOctets < 1 || recipients < 1 || errors < 1 || transactions < 1 || hops < 1) {
      throw new IllegalArgumentException("limits are at least 1");
    }
  }

  /** Others that differ in what is set. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** The defaults but for what is set. */
  public static Builder builder() {
    return DEFAULTS.toBuilder();
  }

  /** Collects limits; what each means is told at {@link SmtpLimits}. Not thread-safe. */
  public static final class Builder {
    private int lineOctets;
    private int textLineOctets;
    private long messageOctets;
    private int recipients;
    private int errors;
    private int transactions;
    private int hops;
    private Duration commandIdle;
    private Duration dataIdle;
    private Duration dataTotal;
    private Duration greetingIdle;

    private Builder(SmtpLimits from) {
      lineOctets = from.lineOctets;
      textLineOctets = from.textLineOctets;
      messageOctets = from.messageOctets;
      recipients = from.recipients;
      errors = from.errors;
      transactions = from.transactions;
      hops = from.hops;
      commandIdle = from.commandIdle;
      dataIdle = from.dataIdle;
      dataTotal = from.dataTotal;
      greetingIdle = from.greetingIdle;
    }

    public Builder lineOctets(int octets) {
      lineOctets = octets;
      return this;
    }

    public Builder textLineOctets(int octets) {
      textLineOctets = octets;
      return this;
    }

    public Builder messageOctets(long octets) {
      messageOctets = octets;
      return this;
    }

    public Builder recipients(int count) {
      recipients = count;
      return this;
    }

    public Builder errors(int count) {
      errors = count;
      return this;
    }

    public Builder transactions(int count) {
      transactions = count;
      return this;
    }

    public Builder hops(int count) {
      hops = count;
      return this;
    }

    public Builder commandIdle(Duration longest) {
      commandIdle = longest;
      return this;
    }

    public Builder dataIdle(Duration longest) {
      dataIdle = longest;
      return this;
    }

    public Builder dataTotal(Duration longest) {
      dataTotal = longest;
      return this;
    }

    public Builder greetingIdle(Duration longest) {
      greetingIdle = longest;
      return this;
    }

    public SmtpLimits build() {
      return new SmtpLimits(
          lineOctets,
          textLineOctets,
          messageOctets,
          recipients,
          errors,
          transactions,
          hops,
          commandIdle,
          dataIdle,
          dataTotal,
          greetingIdle);
    }
  }
}
