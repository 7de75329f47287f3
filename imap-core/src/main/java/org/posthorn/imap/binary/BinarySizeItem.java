package org.posthorn.imap.binary;

import java.util.List;
import java.util.Set;
import org.posthorn.imap.fetch.FetchItem;
import org.posthorn.imap.fetch.FetchOutput;
import org.posthorn.imap.fetch.SectionWriter;
import org.posthorn.imap.fetch.StoredMessage;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.mime.TransferEncoding;
import org.posthorn.protocol.CallContext;
import org.posthorn.store.Item;
import org.posthorn.store.StoreException;

/** BINARY.SIZE[…] (RFC 3516 section 4.2); 0 for a part that is not there. */
record BinarySizeItem(List<Long> part) implements FetchItem {
  @Override
  public Set<Item> items() {
    return Set.of(Item.INDEX);
  }

  @Override
  public boolean readsContent() {
    return true;
  }

  @Override
  public boolean canDecode(StoredMessage message) throws StoreException {
    DecodedPart found = DecodedPart.of(part, message);
    return found == null || found.isKnown();
  }

  @Override
  public void write(StoredMessage message, FetchOutput out) throws StoreException {
    ResponseEncoder encoder = out.encoder();
    encoder.words("BINARY.SIZE").openBracket();
    SectionWriter.numbers(part, encoder);
    encoder.closeBracket().sp().number(size(message));
  }

  private long size(StoredMessage message) throws StoreException {
    DecodedPart found = DecodedPart.of(part, message);
    if (found == null) {
      return 0;
    }
    return found.encoding() == TransferEncoding.IDENTITY
        ? found.slices().length()
        : DecodedSource.measure(found, message.content(), CallContext.NONE).octets();
  }
}
