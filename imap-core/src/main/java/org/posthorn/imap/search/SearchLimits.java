package org.posthorn.imap.search;

/**
 * How large a search program may be.
 *
 * @param keys search keys in all, 1 or more
 * @param depth how deep parentheses, NOT and OR may be nested, 1 or more
 * @param textKeys keys that look into bodies: each is one more comparison a character
 */
public record SearchLimits(int keys, int depth, int textKeys) {

  /** More than any client known asks for. */
  public static final SearchLimits DEFAULTS = new SearchLimits(2_000, 400, 100);

  /** Checks the ranges. */
  public SearchLimits {
    if (keys < 1 || depth < 1 || textKeys < 0) {
      throw new IllegalArgumentException("search limits out of range");
    }
  }
}
