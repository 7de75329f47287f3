package org.posthorn.imap.search;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.Envelope;
import org.posthorn.mime.MailDate;
import org.posthorn.mime.Octets;
import org.posthorn.store.Item;
import org.posthorn.store.StoreException;

/**
 * SENTBEFORE, SENTON and SENTSINCE: the day of the Date field as it stands there, time and zone
 * apart. A message whose Date is missing or cannot be read meets none of them.
 */
record SentDateKey(DateTest test, LocalDate day) implements SearchKey {

  @Override
  public Cost cost() {
    return Cost.INDEX;
  }

  @Override
  public Set<Item> items() {
    return Set.of(Item.INDEX);
  }

  @Override
  public boolean matches(SearchMessage message) throws StoreException {
    Envelope envelope = message.index().root().envelope();
    @Nullable Octets field = envelope == null ? null : envelope.date();
    @Nullable OffsetDateTime date = field == null ? null : MailDate.parse(field);
    return date != null && test.test(date.toLocalDate(), day);
  }
}
