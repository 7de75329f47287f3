package org.posthorn.imap.sort;

import java.util.List;

/**
 * One of the keys by which messages are sorted (RFC 5256: sort-criterion).
 *
 * @param reverse whether the greatest comes first
 */
public record SortCriterion(SortKey key, boolean reverse) {
  /** Whether some of them go by scores, which only a fuzzy search gives. */
  static boolean needsScores(List<SortCriterion> criteria) {
    for (SortCriterion criterion : criteria) {
      if (criterion.key() == SortKey.RELEVANCY) {
        return true;
      }
    }
    return false;
  }
}
