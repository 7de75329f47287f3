package org.posthorn.backup;

import java.io.IOException;
import java.util.List;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;

/** One account's mail, to be read once from the first mailbox to the last. Used by one thread. */
public interface MailSource extends AutoCloseable {
  /** Takes messages. */
  interface Visitor {
    /**
     * The next message.
     *
     * @param row UID and MODSEQ are 0 where there are none; dates and ids may be null
     * @param content closed by who calls
     */
    void message(Row row, MessageContent content) throws IOException, StoreException;
  }

  /** All mailboxes, superiors before their inferiors. */
  List<MailboxRecord> mailboxes() throws IOException, StoreException;

  /** What the account has besides. */
  default AccountRecord account() throws IOException, StoreException {
    return AccountRecord.NONE;
  }

  /**
   * The messages of one of them, in the order of their UIDs or as they lie; none when it is gone
   * meanwhile.
   */
  void messages(MailboxRecord mailbox, Visitor visitor) throws IOException, StoreException;

  @Override
  void close() throws IOException, StoreException;
}
