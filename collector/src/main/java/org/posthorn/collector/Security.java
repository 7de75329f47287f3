package org.posthorn.collector;

/** How the connection to an outside mailbox is protected. */
public enum Security {
  /** Not at all; for servers on this machine or behind a tunnel. */
  NONE,
  /** STLS or STARTTLS before the login; without it nothing is said. */
  STARTTLS,
  /** TLS from the first octet (RFC 8314). */
  IMPLICIT
}
