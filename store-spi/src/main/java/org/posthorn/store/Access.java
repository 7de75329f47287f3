package org.posthorn.store;

/** How a mailbox is opened. */
public enum Access {
  READ,
  WRITE,
  /**
   * WRITE, and no second EXCLUSIVE beside it; a lease that expires when its holder dies (a POP3
   * maildrop).
   */
  EXCLUSIVE
}
