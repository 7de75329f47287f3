package org.posthorn.delivery.check;

import org.posthorn.delivery.Spool;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/**
 * Looks at one message. Called by one thread at a time, in this order; closed at the end. A failure
 * is answered as temporary, or passed over, as {@link CheckedHandler} was told.
 */
public interface Check extends AutoCloseable {
  /** The envelope's sender; a refusal ends the transaction. */
  default Verdict from(ReversePath sender, MailParameters parameters) throws StoreException {
    return Verdict.OK;
  }

  /** A recipient; a refusal leaves out this one alone. */
  default Verdict recipient(Recipient recipient) throws StoreException {
    return Verdict.OK;
  }

  /**
   * The whole message, without the trace fields that delivery adds.
   *
   * @param content readable until this method returns
   */
  Findings content(Spool content) throws StoreException;

  @Override
  default void close() throws StoreException {}
}
