package org.posthorn.imap.search;

import java.util.Set;
import org.posthorn.store.Item;
import org.posthorn.store.StoreException;

/** TEXT: the text is in some header field, those of the parts included, or as for BODY. */
record TextKey(Needle text) implements SearchKey {

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
    return message.headersContain(text) || message.bodyContains(text);
  }
}
