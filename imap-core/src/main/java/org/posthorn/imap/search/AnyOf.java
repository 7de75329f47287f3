package org.posthorn.imap.search;

import java.util.List;
import java.util.Map;
import org.posthorn.store.StoreException;

/** At least one key matches, the cheapest tested first: OR. */
record AnyOf(List<SearchKey> operands) implements SearchKey {

  AnyOf {
    operands = CheapestFirst.of(operands);
  }

  @Override
  public Cost cost() {
    return operands.isEmpty() ? Cost.STATE : operands.get(operands.size() - 1).cost();
  }

  @Override
  public SearchKey in(SearchView view) {
    return new AnyOf(operands.stream().map(key -> key.in(view)).toList());
  }

  @Override
  public SearchKey bind(Map<String, SearchKey> filters) {
    return new AnyOf(operands.stream().map(key -> key.bind(filters)).toList());
  }

  @Override
  public boolean matches(SearchMessage message) throws StoreException {
    for (SearchKey key : operands) {
      if (key.matches(message)) {
        return true;
      }
    }
    return false;
  }
}
