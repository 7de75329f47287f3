package org.posthorn.delivery.check;

import org.posthorn.smtp.SmtpPeer;
import org.posthorn.store.StoreException;

/** Looks at mail before its handler gets it. Thread-safe; may block. */
@FunctionalInterface
public interface Checker {
  /** A client says MAIL. */
  Check begin(SmtpPeer peer) throws StoreException;
}
