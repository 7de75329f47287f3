package org.posthorn.imap.search;

import java.util.Set;
import org.posthorn.store.Item;
import org.posthorn.store.StoreException;

/** BODY: the text is in the decoded content of some textual part. */
record BodyKey(Needle text) implements SearchKey {

  @Override
  public Cost cost() {
    return Cost.BODY;
  }

  @Override
  public Set<Item> items() {
    return Set.of(Item.INDEX);
  }

  @Override
  public boolean matches(SearchMessage message) throws StoreException {
    return message.bodyContains(text);
  }
}
