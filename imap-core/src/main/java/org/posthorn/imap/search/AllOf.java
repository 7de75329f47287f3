package org.posthorn.imap.search;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.posthorn.store.StoreException;

/** All keys match, the cheapest tested first; without keys it is ALL. */
final class AllOf implements SearchKey {
  private final SearchKey[] keys;
  private final int count;

  AllOf(List<SearchKey> operands) {
    this(CheapestFirst.of(operands, operands.size()), operands.size());
  }

  /** Takes the array over, whose first {@code count} keys are in order. */
  AllOf(SearchKey[] keys, int count) {
    this.keys = keys;
    this.count = count;
  }

  @Override
  public List<SearchKey> operands() {
    return Collections.unmodifiableList(Arrays.asList(keys).subList(0, count));
  }

  @Override
  public Cost cost() {
    return count == 0 ? Cost.STATE : keys[count - 1].cost();
  }

  /** The same with other keys in the place of these. */
  AllOf map(UnaryOperator<SearchKey> other) {
    SearchKey[] mapped = new SearchKey[count];
    for (int i = 0; i < count; i++) {
      CheapestFirst.insert(other.apply(keys[i]), mapped, i);
    }
    return new AllOf(mapped, count);
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
    for (int i = 0; i < count; i++) {
      if (!keys[i].matches(message)) {
        return false;
      }
    }
    return true;
  }
}
