package org.posthorn.server;

/** How a listener speaks TLS. */
public enum TlsMode {
  /** Never. */
  NONE,
  /** When the client asks for it (STARTTLS, STLS). */
  STARTTLS,
  /** From the first octet on (RFC 8314 section 3). */
  IMPLICIT
}
