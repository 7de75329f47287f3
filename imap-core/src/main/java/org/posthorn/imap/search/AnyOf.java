package org.posthorn.imap.search;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.posthorn.store.StoreException;

/** At least one of two keys matches: OR. */
final class AnyOf implements SearchKey {
  private final SearchKey cheaper;
  private final SearchKey dearer;

  AnyOf(SearchKey a, SearchKey b) {
    boolean ordered = a.cost().compareTo(b.cost()) <= 0;
    cheaper = ordered ? a : b;
    dearer = ordered ? b : a;
  }

  @Override
  public List<SearchKey> operands() {
    return List.of(cheaper, dearer);
  }

  @Override
  public Cost cost() {
    return dearer.cost();
  }

  /** The same with other keys in the place of these. */
  AnyOf map(UnaryOperator<SearchKey> other) {
    return new AnyOf(other.apply(cheaper), other.apply(dearer));
  }

  @Override
  public SearchKey in(SearchView view) {
    return map(key -> key.in(view));
  }

  @Override
  public SearchKey bind(Map<String, SearchKey> filters) {
    return map(key -> key.bind(filters));
  }

  @Override
  public boolean matches(SearchMessage message) throws StoreException {
    return cheaper.matches(message) || dearer.matches(message);
  }
}
