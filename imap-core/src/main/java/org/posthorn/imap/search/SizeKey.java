package org.posthorn.imap.search;

import java.util.Set;
import org.posthorn.store.Item;

/**
 * LARGER and SMALLER.
 *
 * @param bound octets that the message has more or less of
 */
record SizeKey(boolean larger, long bound) implements SearchKey {
  private static final Set<Item> SIZE = Set.of(Item.SIZE);

  @Override
  public Cost cost() {
    return Cost.ROW;
  }

  @Override
  public Set<Item> items() {
    return SIZE;
  }

  @Override
  public boolean matches(SearchMessage message) {
    long size = message.row().size();
    return larger ? size > bound : size < bound;
  }
}
