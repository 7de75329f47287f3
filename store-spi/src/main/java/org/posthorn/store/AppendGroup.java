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
   * group for further messages. Where it throws, nothing was published and close remains to be
   * called.
   *
   * @throws StoreException NONEXISTENT when the mailbox was deleted meanwhile; EXPUNGED when the
   *     message to replace is gone; OVER_QUOTA, LIMIT
   */
  Appended commit() throws StoreException;

  /** Without commit: leaves no trace. */
  @Override
  void close() throws StoreException;
}
