package org.posthorn.imap.search;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.posthorn.store.StoreException;

/**
 * At least one of two keys matches: OR. The first one is tested first; in a program for a
 * {@linkplain #in view} that is the cheaper one.
 */
record AnyOf(SearchKey first, SearchKey second) implements SearchKey {

  @Override
  public List<SearchKey> operands() {
    return List.of(first, second);
  }

  @Override
  public Cost cost() {
    return first.cost().or(second.cost());
  }

  /** The same with other keys in the place of these. */
  AnyOf map(UnaryOperator<SearchKey> other) {
    return new AnyOf(other.apply(first), other.apply(second));
  }

  @Override
  public SearchKey in(SearchView view) {
    SearchKey a = first.in(view);
    SearchKey b = second.in(view);
    return a.cost().compareTo(b.cost()) <= 0 ? new AnyOf(a, b) : new AnyOf(b, a);
  }

  @Override
  public SearchKey bind(Map<String, SearchKey> filters) {
    return map(key -> key.bind(filters));
  }

  @Override
  public boolean matches(SearchMessage message) throws StoreException {
    return first.matches(message) || second.matches(message);
  }
}
