package org.posthorn.imap.search;

import java.util.Map;
import org.posthorn.store.UidSet;

/** UIDAFTER and UIDBEFORE (RFC 9738 section 3.2). */
public final class UidBounds {
  /** By name, in upper case. */
  public static final Map<String, SearchKeyword> KEYWORDS =
      Map.of(
          "UIDAFTER", in -> between(in.nzNumber() + 1, UidSet.MAX_UID),
          "UIDBEFORE", in -> between(1, in.nzNumber() - 1));

  private UidBounds() {}

  private static SearchKey between(long first, long last) {
    return new UidKey(first > last ? UidSet.EMPTY : UidSet.range(first, last));
  }
}
