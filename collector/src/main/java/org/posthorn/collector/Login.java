package org.posthorn.collector;

/** How a user proves to be there. */
public enum Login {
  /** USER and PASS, or LOGIN. */
  PASSWORD,
  /** APOP (RFC 1939 section 7), POP3 only. */
  APOP,
  /** AUTH PLAIN (RFC 5034), AUTHENTICATE PLAIN. */
  AUTH_PLAIN,
  /** AUTH CRAM-MD5. */
  AUTH_CRAM_MD5
}
