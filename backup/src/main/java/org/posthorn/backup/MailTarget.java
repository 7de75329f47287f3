package org.posthorn.backup;

import java.io.IOException;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;

/** Where one account's mail goes. Used by one thread. */
public interface MailTarget extends AutoCloseable {
  /** One mailbox on its way. */
  interface Box extends AutoCloseable {
    /** The next message; the content is the caller's to close. */
    void message(Row row, MessageContent content) throws IOException, StoreException;

    /** All messages came. Without it what came last may be lost. */
    void end() throws IOException, StoreException;

    @Override
    void close() throws IOException, StoreException;
  }

  /** The next mailbox; superiors come before their inferiors. */
  Box begin(MailboxRecord mailbox) throws IOException, StoreException;

  /** All mailboxes came. */
  void finish() throws IOException, StoreException;

  @Override
  void close() throws IOException, StoreException;
}
