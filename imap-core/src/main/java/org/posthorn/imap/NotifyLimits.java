package org.posthorn.imap;

import java.time.Duration;

/**
 * What NOTIFY (RFC 5465) may cost.
 *
 * @param mailboxes that one session may watch besides the selected one; beyond them
 *     NOTIFICATIONOVERFLOW
 * @param look time after which all that is watched is looked at even if no hint came
 */
public record NotifyLimits(int mailboxes, Duration look) {
  public static final NotifyLimits DEFAULTS = new NotifyLimits(5_000, Duration.ofMinutes(15));

  public NotifyLimits {
    if (mailboxes < 0 || look.isNegative() || look.isZero()) {
      throw new IllegalArgumentException("a limit is too small");
    }
  }
}
