package org.posthorn.imap.savedate;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.posthorn.imap.fetch.FetchItem;
import org.posthorn.imap.fetch.FetchOutput;
import org.posthorn.imap.fetch.StoredMessage;
import org.posthorn.store.Item;

/** RFC 8514 section 4.2. */
enum SaveDateItem implements FetchItem {
  SAVEDATE;

  @Override
  public Set<Item> items() {
    return Set.of(Item.SAVE_DATE);
  }

  @Override
  public void write(StoredMessage message, FetchOutput out) {
    out.encoder().words("SAVEDATE ");
    Instant saved = message.row().saveDate();
    if (saved == null) {
      out.encoder().nil();
    } else {
      out.encoder().dateTime(saved.atOffset(ZoneOffset.UTC));
    }
  }
}
