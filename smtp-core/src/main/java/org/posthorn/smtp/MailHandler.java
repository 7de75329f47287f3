package org.posthorn.smtp;

import java.util.Set;
import org.posthorn.store.StoreException;

/**
 * Decides about mail that comes in by SMTP or LMTP. Thread-safe; every method runs on the blocking
 * lane and may block.
 */
public interface MailHandler {
  /** A client says MAIL. */
  Transaction begin(SmtpPeer peer) throws StoreException;

  /**
   * Optional abilities (DSN, DELIVERBY …); an EHLO keyword that needs a facet is announced only
   * with it.
   */
  default Set<Class<?>> facets() {
    return Set.of();
  }
}
