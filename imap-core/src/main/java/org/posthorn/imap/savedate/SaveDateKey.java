package org.posthorn.imap.savedate;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.BiPredicate;
import org.posthorn.imap.search.SearchKey;
import org.posthorn.imap.search.SearchMessage;
import org.posthorn.store.Item;

/**
 * RFC 8514 section 4.3: by the day of the save date or, where there is none, of the internal date.
 */
record SaveDateKey(BiPredicate<LocalDate, LocalDate> test, LocalDate day) implements SearchKey {
  @Override
  public Cost cost() {
    return Cost.ROW;
  }

  @Override
  public Set<Item> items() {
    return Set.of(Item.SAVE_DATE, Item.INTERNAL_DATE);
  }

  @Override
  public boolean matches(SearchMessage message) {
    Instant saved = message.row().saveDate();
    OffsetDateTime date =
        saved == null ? message.row().internalDate() : saved.atOffset(ZoneOffset.UTC);
    return date != null && test.test(date.toLocalDate(), day);
  }
}
