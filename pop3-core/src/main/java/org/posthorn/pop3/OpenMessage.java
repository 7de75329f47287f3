package org.posthorn.pop3;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.MessageIndexer;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MessageContent;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * Finds a message.
 *
 * @param bodyLines lines of the body that are wanted, negative for the whole message
 */
record OpenMessage(Mailbox mailbox, long uid, int bodyLines)
    implements StoreCall<OpenMessage.Opened> {
  private static final int SLICE = 32 << 10;

  /**
   * A message to be sent.
   *
   * @param bodyStart offset of the body; not used for whole messages
   */
  record Opened(MessageContent content, long bodyStart, int bodyLines) implements AutoCloseable {
    boolean whole() {
      return bodyLines < 0;
    }

    @Override
    public void close() throws StoreException {
      content.close();
    }
  }

  static OpenMessage whole(Mailbox mailbox, long uid) {
    return new OpenMessage(mailbox, uid, -1);
  }

  static OpenMessage top(Mailbox mailbox, long uid, int lines) {
    return new OpenMessage(mailbox, uid, lines);
  }

  @Override
  public Opened invoke(CallContext context) throws StoreException {
    MessageContent content = mailbox.content(uid);
    try {
      return new Opened(content, bodyLines < 0 ? 0 : bodyStart(content), bodyLines);
    } catch (StoreException | RuntimeException | Error e) {
      content.close();
      throw e;
    }
  }

  private long bodyStart(MessageContent content) throws StoreException {
    List<Row> rows = mailbox.list(UidSet.of(uid), PageLimit.DEFAULT, Set.of(Item.INDEX)).rows();
    MessageIndex stored = rows.isEmpty() ? null : rows.get(0).index();
    MessageIndex index = stored == null ? read(content) : stored;
    return index.root().bodyStart();
  }

  /** A store may have lost the index, or never had it in this version. */
  private static MessageIndex read(MessageContent content) throws StoreException {
    MessageIndexer indexer = new MessageIndexer();
    ByteBuffer slice = ByteBuffer.allocate(SLICE);
    while (content.read(indexer.octets(), slice) >= 0) {
      indexer.write(slice.flip());
      slice.clear();
    }
    return indexer.finish();
  }
}
