package org.posthorn.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.posthorn.mime.OctetSource;

/**
 * A message of a store as the source that {@link org.posthorn.mime.message.Message} reads from. A
 * {@link StoreException} becomes the cause of an {@link IOException}. Closing stays with who opened
 * the content.
 */
public final class ContentOctets implements OctetSource {

  private final MessageContent content;

  /** A source over an open content. */
  public ContentOctets(MessageContent content) {
    this.content = content;
  }

  @Override
  public long size() {
    return content.size();
  }

  @Override
  public int read(long position, ByteBuffer into) throws IOException {
    try {
      return content.read(position, into);
    } catch (StoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
