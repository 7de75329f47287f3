package org.posthorn.imap.search;

import java.util.Set;
import org.posthorn.store.Item;
import org.posthorn.store.StoreException;

/**
 * BCC, CC, FROM, SUBJECT and TO: the envelope has the text in that field (RFC 9051 section 6.4.4),
 * encoded-words decoded. An empty text asks whether there is such a field.
 */
record EnvelopeKey(EnvelopeField field, Needle text) implements SearchKey {
  private static final Set<Item> ITEMS = Set.of(Item.INDEX);

  @Override
  public Cost cost() {
    return Cost.INDEX;
  }

  @Override
  public Set<Item> items() {
    return ITEMS;
  }

  @Override
  public boolean matches(SearchMessage message) throws StoreException {
    return text.isEmpty()
        ? message.count(field.field()) > 0
        : field.contains(text, message.index().root());
  }
}
