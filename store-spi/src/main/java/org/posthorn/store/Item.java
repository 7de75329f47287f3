package org.posthorn.store;

/** What {@link Mailbox#list} puts into a {@link Row} besides UID, MODSEQ and flags. */
public enum Item {
  SIZE,
  INTERNAL_DATE,
  SAVE_DATE,
  IDS,
  INDEX,
  /** {@link Row#start} with the header, where that is cheaper than {@link Mailbox#content}. */
  HEADER,
  /** {@link Row#start} with the whole message, where that is cheaper. */
  OCTETS
}
