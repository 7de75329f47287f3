package org.posthorn.imap.savedate;

import java.util.Set;
import org.posthorn.imap.search.SearchKey;
import org.posthorn.imap.search.SearchMessage;
import org.posthorn.store.Item;

/** RFC 8514 section 4.3: whether the mailbox keeps save dates. */
record SaveDateSupportedKey() implements SearchKey {
  @Override
  public Cost cost() {
    return Cost.ROW;
  }

  @Override
  public Set<Item> items() {
    return Set.of(Item.SAVE_DATE);
  }

  @Override
  public boolean matches(SearchMessage message) {
    return message.row().saveDate() != null;
  }
}
