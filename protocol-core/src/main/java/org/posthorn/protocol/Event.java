package org.posthorn.protocol;

import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailboxName;

/**
 * What happened, for access logs, metrics and tests. Free of message content and secrets. The
 * driver adds connection and time ({@link EventListener}).
 */
public sealed interface Event {
  /** A connection stands. Told by the driver. */
  record Connected() implements Event {}

  /**
   * The connection is gone. Told by the driver.
   *
   * @param reason in plain words
   */
  record Closed(String reason, long octetsIn, long octetsOut) implements Event {}

  /** A TLS handshake is done. Told by the driver. */
  record TlsStarted(String protocol, String cipherSuite) implements Event {}

  record LoggedIn(String account, String authenticatedAs, String mechanism) implements Event {}

  /**
   * A login was refused.
   *
   * @param user as claimed
   * @param reason in plain words, for the integrator only
   */
  record LoginRefused(@Nullable String user, String mechanism, String reason) implements Event {}

  /** A connection or command was turned away by a limit or policy. */
  record Refused(String what, String reason) implements Event {}

  record Selected(String account, MailboxName mailbox, int messages) implements Event {}

  /** Message octets were given to a client. */
  record Retrieved(String account, int messages, long octets) implements Event {}

  /** Messages came into a mailbox by a client (APPEND). */
  record Appended(String account, MailboxName mailbox, int messages, long octets)
      implements Event {}

  record Expunged(String account, int messages) implements Event {}

  /**
   * A message was taken over by SMTP or LMTP.
   *
   * @param id the queue or trace id that the client was told
   */
  record Accepted(String id, @Nullable String sender, int recipients, long octets)
      implements Event {}

  /** A recipient got it. */
  record Delivered(String id, String recipient, long octets) implements Event {}

  /** A recipient or message was refused. */
  record DeliveryRefused(String id, @Nullable String recipient, String reply) implements Event {}

  /** Something went wrong that is our fault; the listener logs it with the stack trace. */
  record Fault(String during, Throwable cause) implements Event {}
}
