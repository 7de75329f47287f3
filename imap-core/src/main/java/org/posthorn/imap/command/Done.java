package org.posthorn.imap.command;

/** The result of a call that has none. */
enum Done {
  DONE
}
