package org.posthorn.imap;

/** How a command ended (RFC 9051 section 7.1). */
public enum Status {
  OK,
  NO,
  BAD
}
