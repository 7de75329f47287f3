package org.posthorn.delivery;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * Writes one message into several accounts, octet for octet once where the store lets accounts
 * share what was written. Used by one thread at a time.
 */
final class SharedOctets implements AutoCloseable {
  private record Written(MessageContent content, MessageIndex index) {}

  private final Spool content;
  private final Map<ByteBuffer, Written> byHeader = new HashMap<>();

  /** The content is the same for all accounts; only what stands before it may differ. */
  SharedOctets(Spool content) {
    this.content = content;
  }

  /** Octets of a message that begins with these fields. */
  long size(byte[] header) {
    return header.length + content.size();
  }

  /** The group's next message. */
  void append(AppendGroup group, AppendSpec spec, byte[] header) throws StoreException {
    Written written = byHeader.get(ByteBuffer.wrap(header));
    if (written == null || !appendLike(written, group, spec)) {
      write(group, spec, header);
    }
  }

  /** False when the octets are gone, so that they are to be written again. */
  private static boolean appendLike(Written written, AppendGroup group, AppendSpec spec)
      throws StoreException {
    try {
      group.nextLike(spec, written.content(), written.index());
      return true;
    } catch (StoreException e) {
      if (e.code() == Code.EXPUNGED) {
        return false;
      }
      throw e;
    }
  }

  private void write(AppendGroup group, AppendSpec spec, byte[] header) throws StoreException {
    IndexingAppend append = new IndexingAppend(group.next(spec));
    append.write(ByteBuffer.wrap(header));
    content.copyTo(append::write);
    MessageIndex index = append.end();
    Optional<MessageContent> staged = append.content();
    if (staged.isPresent()) {
      Written before = byHeader.put(ByteBuffer.wrap(header), new Written(staged.get(), index));
      if (before != null) {
        before.content().close();
      }
    }
  }

  @Override
  public void close() throws StoreException {
    List<AutoCloseable> contents = new ArrayList<>();
    byHeader.values().forEach(written -> contents.add(written.content()));
    byHeader.clear();
    LocalCopies.closeAll(contents);
  }
}
