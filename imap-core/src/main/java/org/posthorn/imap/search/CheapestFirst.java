package org.posthorn.imap.search;

/** The order in which keys are tested; those that cost the same stay in their order. */
final class CheapestFirst {
  private CheapestFirst() {}

  /** The same keys. */
  static SearchKey[] of(Iterable<SearchKey> keys, int count) {
    SearchKey[] sorted = new SearchKey[count];
    int size = 0;
    for (SearchKey key : keys) {
      insert(key, sorted, size++);
    }
    return sorted;
  }

  /** One more, which is given its place; the array has room for it. */
  static void insert(SearchKey key, SearchKey[] sorted, int size) {
    SearchKey.Cost cost = key.cost();
    if (size == 0 || sorted[size - 1].cost().compareTo(cost) <= 0) {
      sorted[size] = key;
      return;
    }
    int low = 0;
    int high = size - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle].cost().compareTo(cost) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    System.arraycopy(sorted, low, sorted, low + 1, size - low);
    sorted[low] = key;
  }
}
