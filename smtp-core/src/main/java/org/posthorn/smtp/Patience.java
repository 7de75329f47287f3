package org.posthorn.smtp;

/** How long a client may take, on the scale of {@link System#nanoTime}. */
final class Patience {
  private Patience() {}

  /** Neither silence between octets nor a trickle of them goes on for ever. */
  static long ofContent(SmtpLimits limits, long begun, long lastInput) {
    long idle = lastInput + limits.dataIdle().toNanos();
    long total = begun + limits.dataTotal().toNanos();
    return idle - total < 0 ? idle : total;
  }
}
