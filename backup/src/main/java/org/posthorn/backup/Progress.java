package org.posthorn.backup;

import org.posthorn.store.MailboxName;

/** Hears how far something is. Called often, on the thread that does the work; should be quick. */
@FunctionalInterface
public interface Progress {
  Progress NONE = (account, mailbox, done, total) -> {};

  /**
   * So many messages of a mailbox are done.
   *
   * @param total 0 where it is not known beforehand
   */
  void messages(String account, MailboxName mailbox, long done, long total);
}
