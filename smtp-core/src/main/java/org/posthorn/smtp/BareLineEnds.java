package org.posthorn.smtp;

/**
 * What to do with content in which a CR or LF stands alone (RFC 5321 section 2.3.8). None of them
 * ever ends DATA. Content that came with BODY=BINARYMIME is kept as it is.
 */
public enum BareLineEnds {
  /** Content like any other octet, stored as it came. */
  KEEP,
  /** Refused at the end of the message with 554 5.6.0. */
  REJECT,
  /** Made CRLF; for submission, where clients are known to get it wrong (RFC 6409 section 8). */
  FIX
}
