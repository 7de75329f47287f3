package org.posthorn.backup;

import java.io.IOException;
import java.util.List;
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

  /** What the account has besides its mailboxes; comes after them. */
  default void account(AccountRecord account) throws IOException, StoreException {}

  /** All came. */
  void finish() throws IOException, StoreException;

  /** What could not be taken although it came, one sentence each. */
  default List<String> remarks() {
    return List.of();
  }

  @Override
  void close() throws IOException, StoreException;
}
