package org.posthorn.imap.search;

import java.util.List;
import java.util.Map;
import org.posthorn.store.StoreException;

/** All keys match, the cheapest tested first; without keys it is ALL. */
record AllOf(List<SearchKey> operands) implements SearchKey {

  AllOf {
    operands = CheapestFirst.of(operands);
  }

  @Override
  public Cost cost() {
    return operands.isEmpty() ? Cost.STATE : operands.get(operands.size() - 1).cost();
  }

  @Override
  public SearchKey in(SearchView view) {
    return new AllOf(operands.stream().map(key -> key.in(view)).toList());
  }

  @Override
  public SearchKey bind(Map<String, SearchKey> filters) {
    return new AllOf(operands.stream().map(key -> key.bind(filters)).toList());
  }

  @Override
  public boolean matches(SearchMessage message) throws StoreException {
    for (SearchKey key : operands) {
      if (!key.matches(message)) {
        return false;
      }
    }
    return true;
  }
}
