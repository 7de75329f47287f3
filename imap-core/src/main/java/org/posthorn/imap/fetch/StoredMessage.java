package org.posthorn.imap.fetch;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.Octets;
import org.posthorn.protocol.CallContext;
import org.posthorn.store.Flags;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;

/**
 * A message while a call looks at it: its row, its MIME index, and its octets, which are opened
 * when something first needs them. Closing it closes them. For one thread.
 */
public final class StoredMessage implements AutoCloseable {

  private final Mailbox mailbox;
  private Row row;
  private final Octets start;
  private @Nullable MessageIndex index;
  private @Nullable MessageContent content;
  private @Nullable ContentWindow window;

  /** A message by a row of its mailbox. */
  public StoredMessage(Mailbox mailbox, Row row) {
    this.mailbox = mailbox;
    this.row = row;
    this.index = row.index();
    Octets given = row.start();
    this.start = given == null ? Octets.EMPTY : given;
  }

  /** What the mailbox knows of it, as far as was asked for. */
  public Row row() {
    return row;
  }

  /** Notes flags that the message has been given. */
  void addFlags(Flags flags, long modSeq) {
    row =
        new Row(
            row.uid(),
            modSeq,
            row.flags().plus(flags),
            row.size(),
            row.internalDate(),
            row.saveDate(),
            row.emailId(),
            row.threadId(),
            row.index());
  }

  /**
   * The MIME index. Where the row has none, since the store's is of another version or damaged, it
   * is made by reading the message, and given to the store.
   */
  public MessageIndex index() throws StoreException {
    MessageIndex known = index;
    if (known == null) {
      known = window().index();
      index = known;
      renew(known);
    }
    return known;
  }

  private void renew(MessageIndex made) throws StoreException {
    try {
      mailbox.putIndex(row.uid(), made);
    } catch (StoreException e) {
      // Mail can be read from a full disk too; the index is then made again next time.
      if (!e.code().refusesOnlyChanges()) {
        throw e;
      }
    }
  }

  /** Small pieces of the message, such as header fields, from one offset to another. */
  public Octets octets(long from, long to) throws StoreException {
    return to <= start.length() ? start.slice((int) from, (int) to) : window().octets(from, to);
  }

  /** Puts small slices of the message into a buffer that has room for exactly them. */
  void read(Slices slices, ByteBuffer into) throws StoreException {
    if (slices.end() <= start.length()) {
      for (int i = 0; i < slices.rangeCount(); i++) {
        start.slice((int) slices.from(i), (int) slices.to(i)).copyTo(into);
      }
      slices.tail().copyTo(into);
      return;
    }
    // The content is closed with this, so the source stays open.
    SlicesSource source = new SlicesSource(slices, content());
    while (into.hasRemaining()) {
      source.read(into, CallContext.NONE);
    }
  }

  /** The octets of the message, closed with this. */
  public MessageContent content() throws StoreException {
    MessageContent open = content;
    if (open == null) {
      open = openContent();
      content = open;
    }
    return open;
  }

  /** The octets of the message, to be closed by the caller. */
  public MessageContent openContent() throws StoreException {
    return mailbox.content(row.uid());
  }

  private ContentWindow window() throws StoreException {
    ContentWindow open = window;
    if (open == null) {
      open = new ContentWindow(content());
      window = open;
    }
    return open;
  }

  @Override
  public void close() throws StoreException {
    if (content != null) {
      content.close();
    }
  }
}
