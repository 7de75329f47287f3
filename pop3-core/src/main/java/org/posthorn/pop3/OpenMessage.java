package org.posthorn.pop3;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.posthorn.mime.Defect;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.MessageIndexer;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
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
 * @param plainOnly whether a header beyond ASCII is in the way (RFC 6856 section 2.1)
 */
record OpenMessage(Mailbox mailbox, long uid, int bodyLines, boolean plainOnly)
    implements StoreCall<OpenMessage.Opened> {
  private static final int SLICE = 32 << 10;

  /**
   * A message to be sent.
   *
   * @param bodyStart offset of the body; not used for whole messages
   * @param needsUtf8 whether it must not be sent outside UTF-8 mode, which this is
   */
  record Opened(MessageContent content, long bodyStart, int bodyLines, boolean needsUtf8)
      implements AutoCloseable {
    boolean whole() {
      return bodyLines < 0;
    }

    @Override
    public void close() throws StoreException {
      content.close();
    }
  }

  static OpenMessage whole(Mailbox mailbox, long uid, boolean plainOnly) {
    return new OpenMessage(mailbox, uid, -1, plainOnly);
  }

  static OpenMessage top(Mailbox mailbox, long uid, int lines, boolean plainOnly) {
    return new OpenMessage(mailbox, uid, lines, plainOnly);
  }

  @Override
  public Opened invoke(CallContext context) throws StoreException {
    MessageContent content = mailbox.content(uid);
    try {
      if (bodyLines < 0 && !plainOnly) {
        return new Opened(content, 0, bodyLines, false);
      }
      MessageIndex index = index(content);
      boolean needsUtf8 = plainOnly && hasUnicodeHeader(index);
      return new Opened(content, index.root().bodyStart(), bodyLines, needsUtf8);
    } catch (StoreException | RuntimeException | Error e) {
      content.close();
      throw e;
    }
  }

  @Override
  public Lane lane() {
    return Lane.STORE;
  }

  static boolean hasUnicodeHeader(MessageIndex index) {
    for (Defect defect : index.defects()) {
      if (defect.kind() == Defect.Kind.EIGHT_BIT_HEADER) {
        return true;
      }
    }
    return false;
  }

  private MessageIndex index(MessageContent content) throws StoreException {
    List<Row> rows = mailbox.list(UidSet.of(uid), PageLimit.DEFAULT, Set.of(Item.INDEX)).rows();
    MessageIndex stored = rows.isEmpty() ? null : rows.get(0).index();
    return stored == null ? read(content) : stored;
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
