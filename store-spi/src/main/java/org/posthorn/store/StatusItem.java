package org.posthorn.store;

/** RFC 9051 section 6.3.11, RFC 3501 section 6.3.10, RFC 7162 section 3.1.6. */
public enum StatusItem {
  MESSAGES,
  RECENT,
  UIDNEXT,
  UIDVALIDITY,
  UNSEEN,
  DELETED,
  /** Octets of all messages. */
  SIZE,
  /** Octets of the messages with \Deleted (RFC 9208 section 4.1.4). */
  DELETED_STORAGE,
  HIGHESTMODSEQ
}
