package org.posthorn.imap.search;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.store.Item;

/**
 * OLDER and YOUNGER (RFC 5032): the internal date against a time that lies some seconds back.
 *
 * @param younger whether messages from then on are meant, else those up to then
 * @param seconds before now
 * @param then null until the session says what now is
 */
record WithinKey(boolean younger, long seconds, @Nullable Instant then) implements SearchKey {

  /** The keys that the extension WITHIN brings. */
  static final Map<String, SearchKeyword> KEYWORDS =
      Map.of(
          "OLDER", in -> new WithinKey(false, interval(in), null),
          "YOUNGER", in -> new WithinKey(true, interval(in), null));

  private static long interval(SearchParser in) throws SyntaxException {
    return in.nzNumber();
  }

  @Override
  public Cost cost() {
    return Cost.ROW;
  }

  @Override
  public Set<Item> items() {
    return Set.of(Item.INTERNAL_DATE);
  }

  @Override
  public boolean isSteady() {
    return false;
  }

  @Override
  public SearchKey in(SearchView view) {
    return new WithinKey(
        younger, seconds, Instant.ofEpochSecond(view.now().getEpochSecond() - seconds));
  }

  @Override
  public boolean matches(SearchMessage message) {
    OffsetDateTime date = message.row().internalDate();
    if (date == null || then == null) {
      return false;
    }
    long arrived = date.toEpochSecond();
    return younger ? arrived >= then.getEpochSecond() : arrived <= then.getEpochSecond();
  }
}
