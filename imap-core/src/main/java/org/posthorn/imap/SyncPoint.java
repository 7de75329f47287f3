package org.posthorn.imap;

/** What may be told of other sessions' changes when a command ends (RFC 9051 section 7.5.1). */
public enum SyncPoint {
  /** Everything, EXPUNGE included. */
  ALL,
  /** Everything but EXPUNGE: the command spoke in sequence numbers and the next may do so too. */
  NO_EXPUNGE,
  /** Nothing. */
  NONE
}
