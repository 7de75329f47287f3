package org.posthorn.imap.binary;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.fetch.FetchItem;
import org.posthorn.imap.fetch.FetchOutput;
import org.posthorn.imap.fetch.Partial;
import org.posthorn.imap.fetch.SectionWriter;
import org.posthorn.imap.fetch.StoredMessage;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.protocol.CallContext;
import org.posthorn.store.Item;
import org.posthorn.store.StoreException;

/**
 * BINARY[…] and BINARY.PEEK[…] (RFC 3516 section 4.2). The part is read twice, for its size has to
 * be told before its first octet.
 *
 * @param part its numbers, none for the whole message
 * @param partial which of the decoded octets, or null for all
 */
record BinaryItem(List<Long> part, @Nullable Partial partial, boolean marksSeen)
    implements FetchItem {

  /** Decoded parts up to this size are given with the page; larger ones while they are sent. */
  private static final int MAX_INLINE = 16 << 10;

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
  public long weight(StoredMessage message) throws StoreException {
    DecodedPart found = DecodedPart.of(part, message);
    return found == null ? 64 : 64 + found.slices().length();
  }

  @Override
  public void write(StoredMessage message, FetchOutput out) throws StoreException {
    ResponseEncoder encoder = out.encoder();
    encoder.words("BINARY").openBracket();
    SectionWriter.numbers(part, encoder);
    encoder.closeBracket();
    if (partial != null) {
      encoder.words("<").number(partial.offset()).words(">");
    }
    encoder.sp();
    DecodedPart found = DecodedPart.of(part, message);
    if (found == null) {
      encoder.nil();
    } else {
      octets(found, message, out);
    }
  }

  private void octets(DecodedPart found, StoredMessage message, FetchOutput out)
      throws StoreException {
    DecodedSource.Measure measure =
        DecodedSource.measure(found, message.content(), CallContext.NONE);
    long skip = partial == null ? 0 : Math.min(partial.offset(), measure.octets());
    long length = measure.octets() - skip;
    if (partial != null) {
      length = Math.min(length, partial.count());
    }
    if (measure.hasNul()) {
      out.encoder().literal8Header(length);
    } else {
      out.encoder().literalHeader(length);
    }
    if (length > MAX_INLINE) {
      out.stream(new DecodedSource(found, message.openContent(), skip, length));
    } else if (length > 0) {
      // The content belongs to the message, which closes it: the source stays open.
      DecodedSource source = new DecodedSource(found, message.content(), skip, length);
      ByteBuffer octets = ByteBuffer.allocate((int) length);
      while (octets.hasRemaining()) {
        source.read(octets, CallContext.NONE);
      }
      out.encoder().slice(octets.flip());
    }
  }
}
