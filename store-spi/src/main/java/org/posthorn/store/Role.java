package org.posthorn.store;

/** In what capacity an account is opened. */
public enum Role {
  OWNER,
  /** Mail arrives: rights of the owner on the target mailbox, quota applies. */
  DELIVERY,
  ADMIN
}
