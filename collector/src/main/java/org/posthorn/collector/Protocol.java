package org.posthorn.collector;

/** How an outside mailbox is read. */
public enum Protocol {
  POP3,
  IMAP
}
