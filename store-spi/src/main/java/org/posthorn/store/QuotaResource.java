package org.posthorn.store;

/** What a quota counts (RFC 9208 section 5). */
public enum QuotaResource {
  /** Octets of messages; each copy counts. IMAP tells them in units of 1024. */
  STORAGE,
  /** Messages; each copy counts. */
  MESSAGE,
  /** Mailboxes that can be selected, INBOX included. */
  MAILBOX
}
