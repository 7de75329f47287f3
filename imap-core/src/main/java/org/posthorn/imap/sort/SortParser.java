package org.posthorn.imap.sort;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/** RFC 5256: sort-criteria. */
public final class SortParser {
  private SortParser() {}

  /**
   * {@code "(" sort-criterion *(SP sort-criterion) ")"}. A key that was there before adds nothing
   * and is left out, so that there are never more than twice as many as keys.
   *
   * @param keys by their names in upper case
   */
  public static List<SortCriterion> parse(CommandReader in, Map<String, SortKey> keys)
      throws SyntaxException {
    List<SortCriterion> criteria = new ArrayList<>();
    in.expect('(');
    do {
      SortCriterion criterion = criterion(in, keys);
      if (criteria.stream().noneMatch(earlier -> earlier.key() == criterion.key())) {
        criteria.add(criterion);
      }
    } while (in.acceptSpace());
    in.expect(')');
    return List.copyOf(criteria);
  }

  /** {@code ["REVERSE" SP] sort-key}. */
  private static SortCriterion criterion(CommandReader in, Map<String, SortKey> keys)
      throws SyntaxException {
    boolean reverse = in.acceptName("REVERSE");
    if (reverse) {
      in.expectSpace();
    }
    int start = in.position();
    SortKey key = keys.get(in.expectName());
    if (key == null) {
      throw new SyntaxException("unknown sort key", start);
    }
    return new SortCriterion(key, reverse);
  }
}
