package org.posthorn.imap.search;

import java.util.Set;
import org.posthorn.store.Item;

/**
 * LARGER and SMALLER: a size between two others, neither included.
 *
 * @param above octets that the message has more of
 * @param below octets that the message has less of
 */
record SizeKey(long above, long below) implements SearchKey {

  @Override
  public Cost cost() {
    return Cost.ROW;
  }

  @Override
  public Set<Item> items() {
    return Set.of(Item.SIZE);
  }

  @Override
  public boolean matches(SearchMessage message) {
    long size = message.row().size();
    return size > above && size < below;
  }
}
