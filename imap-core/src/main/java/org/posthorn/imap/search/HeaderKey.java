package org.posthorn.imap.search;

import java.util.Set;
import org.posthorn.mime.Field;
import org.posthorn.mime.Octets;
import org.posthorn.store.Item;
import org.posthorn.store.StoreException;

/**
 * HEADER, and BCC, CC, FROM, SUBJECT, TO as short forms of it: a field of that name has the text in
 * its decoded value. An empty text asks whether there is such a field.
 */
record HeaderKey(Octets name, Needle text) implements SearchKey {

  @Override
  public Cost cost() {
    return Cost.HEADER;
  }

  @Override
  public Set<Item> items() {
    return Set.of(Item.INDEX);
  }

  @Override
  public boolean matches(SearchMessage message) throws StoreException {
    for (Field field : message.index().root().fields()) {
      if (field.name().equalsIgnoreCase(name)
          && (text.isEmpty() || TextScan.contains(text, message.value(field)))) {
        return true;
      }
    }
    return false;
  }
}
