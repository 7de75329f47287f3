package org.posthorn.imap.search;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.Field;
import org.posthorn.mime.Octets;
import org.posthorn.store.Item;
import org.posthorn.store.StoreException;

/**
 * HEADER: a field of that name has the text in its decoded value. An empty text asks whether there
 * is such a field. The message is read only for what its index does not tell.
 */
record HeaderKey(Octets name, @Nullable EnvelopeField indexed, Needle text) implements SearchKey {
  private static final Set<Item> ITEMS = Set.of(Item.INDEX);

  HeaderKey(Octets name, Needle text) {
    this(name, EnvelopeField.of(name), text);
  }

  @Override
  public Cost cost() {
    return Cost.HEADER;
  }

  @Override
  public Set<Item> items() {
    return ITEMS;
  }

  @Override
  public boolean matches(SearchMessage message) throws StoreException {
    int count = message.count(name);
    if (count == 0 || text.isEmpty()) {
      return count > 0;
    }
    if (indexed != null) {
      // Of addresses the index keeps neither quotes nor comments, of a text only the first field.
      if (indexed.contains(text, message.index().root())) {
        return true;
      }
      if (indexed.isText() && count == 1) {
        return false;
      }
    }
    for (Field field : message.index().root().fields()) {
      if (field.name().equalsIgnoreCase(name) && TextScan.contains(text, message.value(field))) {
        return true;
      }
    }
    return false;
  }
}
