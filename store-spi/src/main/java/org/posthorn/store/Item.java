package org.posthorn.store;

/** What {@link Mailbox#list} puts into a {@link Row} besides UID, MODSEQ and flags. */
public enum Item {
  SIZE,
  INTERNAL_DATE,
  SAVE_DATE,
  IDS,
  INDEX
}
