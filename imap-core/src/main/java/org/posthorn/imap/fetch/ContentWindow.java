package org.posthorn.imap.fetch;

import java.nio.ByteBuffer;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.MessageIndexer;
import org.posthorn.mime.Octets;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;

/**
 * Small pieces of a stored message, such as header fields. They are read some kilobytes at a time,
 * so that neighbours cost one read together.
 */
final class ContentWindow {

  private static final int WINDOW = 8 * 1024;

  private final MessageContent content;
  private long start;
  private Octets octets = Octets.EMPTY;

  /** Does not close the content. */
  ContentWindow(MessageContent content) {
    this.content = content;
  }

  /**
   * The octets from one offset of the message to another.
   *
   * @throws StoreException CORRUPTION when the message ends before
   */
  Octets octets(long from, long to) throws StoreException {
    if (from < start || to > start + octets.length()) {
      long size = Math.max(to - from, Math.min(WINDOW, content.size() - from));
      octets = read(from, Math.toIntExact(size));
      start = from;
    }
    return octets.slice((int) (from - start), (int) (to - start));
  }

  private Octets read(long from, int size) throws StoreException {
    ByteBuffer into = ByteBuffer.allocate(size);
    while (into.hasRemaining()) {
      if (content.read(from + into.position(), into) < 0) {
        throw new StoreException(
            StoreException.Code.CORRUPTION, "the message is shorter than its index says");
      }
    }
    return Octets.of(into.array());
  }

  /** The index of the whole message, made by reading it through. */
  MessageIndex index() throws StoreException {
    MessageIndexer indexer = new MessageIndexer();
    ByteBuffer slice = ByteBuffer.allocate(WINDOW);
    long position = 0;
    for (int read; (read = content.read(position, slice.clear())) >= 0; position += read) {
      indexer.write(slice.flip());
    }
    return indexer.finish();
  }
}
