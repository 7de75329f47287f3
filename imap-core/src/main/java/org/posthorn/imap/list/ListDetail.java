package org.posthorn.imap.list;

import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Session;
import org.posthorn.store.Account;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.StoreException;

/**
 * What a return option tells of a mailbox in a response of its own behind the LIST response, such
 * as STATUS (RFC 5819).
 */
@FunctionalInterface
public interface ListDetail {

  /** The command begins; what the option switches on is switched on now. */
  default void asked(Session session) {}

  /**
   * Looks it up. Called within a store call.
   *
   * @return null when there is nothing to tell
   */
  @Nullable Answer about(Account account, MailboxInfo mailbox) throws StoreException;

  /** One or more whole responses. */
  @FunctionalInterface
  interface Answer {

    /** The mailbox turned out to be one that cannot be selected (RFC 5819 section 2). */
    Answer NO_SELECT = session -> {};

    /** Writes them. */
    void write(Session session);
  }
}
