package org.posthorn.imap.search;

import java.util.List;

/** The order in which keys are tested. */
final class CheapestFirst {
  private static final SearchKey.Cost[] COSTS = SearchKey.Cost.values();

  private CheapestFirst() {}

  /** The same keys; those that cost the same stay in their order. */
  static List<SearchKey> of(List<SearchKey> keys) {
    SearchKey[] sorted = new SearchKey[keys.size()];
    int count = 0;
    for (int i = 0; count < sorted.length; i++) {
      for (int key = 0; key < sorted.length; key++) {
        if (keys.get(key).cost() == COSTS[i]) {
          sorted[count++] = keys.get(key);
        }
      }
    }
    return List.of(sorted);
  }
}
