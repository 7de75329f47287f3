package org.posthorn.imap.fetch;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.store.Item;
import org.posthorn.store.StoreException;

/**
 * BODY[…] and BODY.PEEK[…], and RFC822, RFC822.HEADER and RFC822.TEXT as other names for three of
 * them.
 *
 * @param name what the answer calls it if not BODY[…]
 * @param partial which octets of the section, or null for all
 */
record SectionItem(
    @Nullable String name, Section section, @Nullable Partial partial, boolean marksSeen)
    implements FetchItem {

  /** Sections up to this size are read with the page; larger ones while they are sent. */
  static final int MAX_INLINE = 16 * 1024;

  private static final Set<Item> OF_HEADER = Set.of(Item.INDEX, Item.HEADER);
  private static final Set<Item> OF_MESSAGE = Set.of(Item.INDEX, Item.OCTETS);

  @Override
  public Set<Item> items() {
    return section.isOfHeader() ? OF_HEADER : OF_MESSAGE;
  }

  @Override
  public boolean readsContent() {
    return true;
  }

  @Override
  public long weight(StoredMessage message) throws StoreException {
    Slices slices = slices(message);
    return slices == null ? 64 : 64 + slices.length();
  }

  @Override
  public void write(StoredMessage message, FetchOutput out) throws StoreException {
    Slices slices = slices(message);
    ResponseEncoder encoder = out.encoder();
    writeName(encoder);
    encoder.sp();
    if (slices == null) {
      encoder.nil();
    } else if (slices.length() > MAX_INLINE) {
      encoder.literalHeader(slices.length());
      out.stream(new SlicesSource(slices, message.openContent()));
    } else {
      encoder.literalHeader(slices.length());
      message.read(slices, encoder.room((int) slices.length()));
    }
  }

  private @Nullable Slices slices(StoredMessage message) throws StoreException {
    Slices slices = SectionResolver.resolve(section, message.index());
    return slices == null || partial == null ? slices : slices.partial(partial);
  }

  private void writeName(ResponseEncoder out) {
    if (name != null) {
      out.words(name);
      return;
    }
    SectionWriter.write(section, out.words("BODY"));
    if (partial != null) {
      out.words("<").number(partial.offset()).words(">");
    }
  }
}
