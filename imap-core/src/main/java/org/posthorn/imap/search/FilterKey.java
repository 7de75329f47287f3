package org.posthorn.imap.search;

import java.util.Map;
import org.posthorn.store.StoreException;

/** FILTER (RFC 5466): stands for a search that is stored under a name, until that is put in. */
record FilterKey(String name) implements SearchKey {

  @Override
  public Cost cost() {
    return Cost.BODY;
  }

  @Override
  public SearchKey bind(Map<String, SearchKey> filters) {
    SearchKey stored = filters.get(name);
    if (stored == null) {
      throw new IllegalStateException("filter " + name + " was not looked up");
    }
    return stored;
  }

  @Override
  public boolean matches(SearchMessage message) throws StoreException {
    throw new IllegalStateException("filter " + name + " was not put in");
  }
}
