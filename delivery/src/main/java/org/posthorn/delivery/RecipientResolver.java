package org.posthorn.delivery;

import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.store.StoreException;

/** Decides where a recipient's mail goes. Thread-safe; may block. */
@FunctionalInterface
public interface RecipientResolver {
  Resolution resolve(SmtpPeer peer, Recipient recipient) throws StoreException;
}
