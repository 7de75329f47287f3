package org.posthorn.store;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.MessageIndexer;
import org.posthorn.mime.MimeLimits;

/**
 * Makes the MIME index while a message streams into a store; the one way that engines and delivery
 * write messages.
 */
public final class IndexingAppend {
  private final Append target;
  private final MessageIndexer indexer;

  public IndexingAppend(Append target) {
    this(target, MimeLimits.DEFAULTS);
  }

  public IndexingAppend(Append target, MimeLimits limits) {
    this.target = target;
    this.indexer = new MessageIndexer(limits);
  }

  /** Takes all of the chunk. */
  public void write(ByteBuffer chunk) throws StoreException {
    indexer.write(chunk.duplicate());
    target.write(chunk);
  }

  /** Octets taken so far. */
  public long octets() {
    return indexer.octets();
  }

  /** Ends the message and gives its index. */
  public MessageIndex end() throws StoreException {
    MessageIndex index = indexer.finish();
    target.end(index);
    return index;
  }

  /** After the end, as {@link Append#content}. */
  public Optional<MessageContent> content() throws StoreException {
    return target.content();
  }
}
