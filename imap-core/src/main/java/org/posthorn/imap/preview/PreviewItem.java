package org.posthorn.imap.preview;

import java.io.IOException;
import java.util.Set;
import org.posthorn.imap.fetch.FetchItem;
import org.posthorn.imap.fetch.FetchOutput;
import org.posthorn.imap.fetch.StoredMessage;
import org.posthorn.mime.message.Message;
import org.posthorn.store.Item;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;

/** PREVIEW (RFC 8970 section 3): an empty string where there is nothing to show. */
record PreviewItem() implements FetchItem {
  /** RFC 8970 section 3.3. */
  private static final int CHARACTERS = 200;

  @Override
  public Set<Item> items() {
    return Set.of(Item.INDEX);
  }

  @Override
  public boolean readsContent() {
    return true;
  }

  @Override
  public long weight(StoredMessage message) {
    return 4 * CHARACTERS;
  }

  @Override
  public void write(StoredMessage message, FetchOutput out) throws StoreException {
    out.encoder().words("PREVIEW ").string(text(message));
  }

  private static String text(StoredMessage message) throws StoreException {
    MessageContent content = message.content();
    try {
      return Message.of(new Source(content), message.index()).preview(CHARACTERS);
    } catch (IOException e) {
      throw e.getCause() instanceof StoreException store ? store : StoreException.of(e);
    }
  }
}
