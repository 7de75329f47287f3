package org.posthorn.imap.search;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Set;
import org.posthorn.store.Item;

/** BEFORE, ON and SINCE: the day of the internal date as it stands there, time and zone apart. */
record InternalDateKey(DateTest test, LocalDate day) implements SearchKey {
  private static final Set<Item> ITEMS = Set.of(Item.INTERNAL_DATE);

  @Override
  public Cost cost() {
    return Cost.ROW;
  }

  @Override
  public Set<Item> items() {
    return ITEMS;
  }

  @Override
  public boolean matches(SearchMessage message) {
    OffsetDateTime date = message.row().internalDate();
    return date != null && test.test(date.toLocalDate(), day);
  }
}
