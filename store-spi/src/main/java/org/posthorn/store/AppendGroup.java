package org.posthorn.store;

import org.posthorn.mime.MessageIndex;

/** Messages that become visible together. A handle like {@link Mailbox}. */
public interface AppendGroup extends AutoCloseable {
  /**
   * The next message. Refuses before any octet is taken.
   *
   * @throws StoreException OVER_QUOTA, TOO_BIG, LIMIT, NO_PERMISSION
   */
  Append next(AppendSpec spec) throws StoreException;

  /**
   * The next message, whole: it has the octets of another one. A store that can shares them, as
   * COPY does; any other copies them in bounded pieces. The message counts in full either way.
   *
   * @param spec the size of the content counts, not the one given here
   * @param like of a message of this store or any other; used by this thread meanwhile, and remains
   *     the caller's to close
   * @param index of those octets
   * @throws StoreException as {@link #next}; EXPUNGED when the octets are gone. The message is not
   *     one of the group then, which goes on
   */
  default void nextLike(AppendSpec spec, MessageContent like, MessageIndex index)
      throws StoreException {
    ContentCopy.copy(like, next(spec.withSize(like.size())), index);
  }

  /**
   * Publishes all messages that were ended, in order, and gives UIDs and one MODSEQ; closes the
   * group for further messages. Where it throws, nothing was published and close remains to be
   * called.
   *
   * @throws StoreException NONEXISTENT when the mailbox was deleted meanwhile; EXPUNGED when the
   *     message to replace is gone, or the octets that a message was to share; OVER_QUOTA, LIMIT
   */
  Appended commit() throws StoreException;

  /** Without commit: leaves no trace. */
  @Override
  void close() throws StoreException;
}
