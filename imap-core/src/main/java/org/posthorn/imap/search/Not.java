package org.posthorn.imap.search;

import java.util.List;
import java.util.Map;
import org.posthorn.store.StoreException;

/** The key does not match: NOT. */
record Not(SearchKey key) implements SearchKey {

  @Override
  public Cost cost() {
    return key.cost();
  }

  @Override
  public List<SearchKey> operands() {
    return List.of(key);
  }

  @Override
  public SearchKey in(SearchView view) {
    return new Not(key.in(view));
  }

  @Override
  public SearchKey bind(Map<String, SearchKey> filters) {
    return new Not(key.bind(filters));
  }

  @Override
  public boolean matches(SearchMessage message) throws StoreException {
    return !key.matches(message);
  }
}
