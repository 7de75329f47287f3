package org.posthorn.imap.objectid;

import java.util.Set;
import org.posthorn.imap.search.SearchKey;
import org.posthorn.imap.search.SearchMessage;
import org.posthorn.store.Item;

/** RFC 8474 section 6: the messages with this identifier. */
record IdKey(IdItem item, String id) implements SearchKey {
  @Override
  public Cost cost() {
    return Cost.ROW;
  }

  @Override
  public Set<Item> items() {
    return Set.of(Item.IDS);
  }

  @Override
  public boolean matches(SearchMessage message) {
    return id.equals(item.id(message.row()));
  }
}
