package org.posthorn.store;

/** Messages that become visible together. A handle like {@link Mailbox}. */
public interface AppendGroup extends AutoCloseable {
  /**
   * The next message. Refuses before any octet is taken.
   *
   * @throws StoreException OVER_QUOTA, TOO_BIG, LIMIT, NO_PERMISSION
   */
  Append next(AppendSpec spec) throws StoreException;

  /**
   * Publishes all messages that were ended, in order, and gives UIDs and one MODSEQ; closes the
   * group for further messages.
   */
  Appended commit() throws StoreException;

  /** Without commit: leaves no trace. */
  @Override
  void close() throws StoreException;
}
