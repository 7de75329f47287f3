package org.posthorn.imap.search;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.posthorn.store.StoreException;

/**
 * All keys match; without keys it is ALL. They are tested as they are written until the program is
 * made one for a {@linkplain #in view}, which tests the cheapest first.
 */
final class AllOf implements SearchKey {
  private static final Comparator<SearchKey> CHEAPEST_FIRST = Comparator.comparing(SearchKey::cost);

  private final SearchKey[] keys;
  private final int count;

  AllOf(List<SearchKey> operands) {
    this(operands.toArray(SearchKey[]::new), operands.size());
  }

  /** Takes the array over, of which the first {@code count} keys count. */
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
    Cost dearest = Cost.STATE;
    for (int i = 0; i < count; i++) {
      dearest = dearest.or(keys[i].cost());
    }
    return dearest;
  }

  /** The same with other keys in the place of these. */
  AllOf map(UnaryOperator<SearchKey> other) {
    SearchKey[] mapped = new SearchKey[count];
    for (int i = 0; i < count; i++) {
      mapped[i] = other.apply(keys[i]);
    }
    return new AllOf(mapped, count);
  }

  @Override
  public SearchKey in(SearchView view) {
    AllOf seen = map(key -> key.in(view));
    Arrays.sort(seen.keys, CHEAPEST_FIRST);
    return seen;
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
