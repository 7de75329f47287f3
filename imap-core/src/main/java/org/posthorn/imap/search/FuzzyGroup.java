package org.posthorn.imap.search;

import java.util.List;
import java.util.Map;
import org.posthorn.store.StoreException;

/** What stood behind FUZZY: the result has scores and may be another one the next time. */
record FuzzyGroup(SearchKey key) implements SearchKey {

  @Override
  public Cost cost() {
    return key.cost();
  }

  @Override
  public boolean isSteady() {
    return false;
  }

  @Override
  public List<SearchKey> operands() {
    return List.of(key);
  }

  @Override
  public SearchKey in(SearchView view) {
    return new FuzzyGroup(key.in(view));
  }

  @Override
  public SearchKey bind(Map<String, SearchKey> filters) {
    return new FuzzyGroup(key.bind(filters));
  }

  @Override
  public boolean matches(SearchMessage message) throws StoreException {
    return key.matches(message);
  }
}
